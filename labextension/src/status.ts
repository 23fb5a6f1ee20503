// The status bar: which model, and how full its window is.

import { Widget } from '@lumino/widgets';
import { SidePanel } from './panel';
import { Translate } from './translate';
import { thousands } from './words';

export class StatusItem extends Widget {
  constructor(
    private readonly panel: SidePanel,
    private readonly t: Translate
  ) {
    super();
    this.addClass('jp-StatusBar-TextItem');
    panel.changed.connect(() => this.tell());
  }

  private tell(): void {
    const { runs, isRunning } = this.panel.thread;
    const view = runs[runs.length - 1]?.view;
    if (!view?.model) {
      this.node.textContent = '';
      return;
    }
    const { context_used: used, context_window: window } = view.meter;
    const unit = window % 1024 === 0 ? 1024 : 1000;
    const context = window ? this.t('context %1 of %2', thousands(used, unit), thousands(window, unit)) : '';
    const parts = [isRunning ? this.t('SmallCode works') : 'SmallCode', view.model, context];
    this.node.textContent = parts.filter(part => part).join(' · ');
  }
}
