// The side panel: the thread of the notebook that is active, one thread a notebook.

import { INotebookTracker, NotebookPanel } from '@jupyterlab/notebook';
import { LabIcon } from '@jupyterlab/ui-components';
import { Signal } from '@lumino/signaling';
import { Widget } from '@lumino/widgets';
import { Conversation, Given } from './conversation';
import { Host, Store } from './host';
import { EMPTY, Thread } from './thread';
import { Translate } from './translate';
import { mountPanel } from './view/app';

const ICON = new LabIcon({
  name: 'smallcode-jupyter:icon',
  svgstr:
    '<svg xmlns="http://www.w3.org/2000/svg" width="16" height="16" viewBox="0 0 16 16">' +
    '<path class="jp-icon3" fill="#616161" d="M5.5 3 1 8l4.5 5 1.2-1L3.1 8l3.6-4zM10.500 3 9.300 4l3.600 4-3.600 4 1.200 1L15 8z"/>' +
    '</svg>'
});

export class SidePanel extends Widget {
  /** Another notebook is shown, or something in its thread has changed. */
  readonly changed = new Signal<this, void>(this);
  private readonly conversations = new WeakMap<NotebookPanel, Conversation>();
  private readonly nothing = new Store(EMPTY);
  private current: Conversation | null = null;
  private leave: () => void = () => undefined;

  constructor(
    private readonly tracker: INotebookTracker,
    private readonly t: Translate,
    private readonly given: Given
  ) {
    super();
    this.id = 'smallcode-panel';
    this.addClass('sc-panel');
    this.title.icon = ICON;
    this.title.caption = 'SmallCode';
    this.node.setAttribute('role', 'region');
    this.node.setAttribute('aria-label', 'SmallCode');
    tracker.currentChanged.connect(() => this.follow());
    this.follow();
  }

  /** The thread of the active notebook; null where there is none. */
  get conversation(): Conversation | null {
    return this.current;
  }

  get thread(): Thread {
    return (this.current?.store ?? this.nothing).thread;
  }

  /** Put the cursor where the words go. */
  focusWords(): void {
    this.node.querySelector<HTMLElement>('textarea')?.focus();
  }

  /** Settings were given in JupyterLab: they hold in the kernels, too. */
  applyGiven(): void {
    this.current?.applyGiven();
  }

  protected onAfterShow(): void {
    this.current?.start();
  }

  private follow(): void {
    const notebook = this.tracker.currentWidget;
    const next = notebook && this.conversationOf(notebook);
    if (next === this.current && this.node.hasChildNodes()) {
      return;
    }
    this.leave();
    this.current = next;
    const store = next?.store ?? this.nothing;
    const host: Host = next?.host ?? { t: this.t, actions: null, hasCells: true };
    const unmount = mountPanel(this.node, store, host);
    const unlisten = store.listen(() => this.changed.emit());
    this.leave = () => {
      unlisten();
      unmount();
    };
    if (this.isVisible) {
      next?.start();
    }
    this.changed.emit();
  }

  private conversationOf(notebook: NotebookPanel): Conversation {
    const known = this.conversations.get(notebook);
    const conversation = known ?? new Conversation(notebook, this.t, this.given);
    this.conversations.set(notebook, conversation);
    return conversation;
  }
}
