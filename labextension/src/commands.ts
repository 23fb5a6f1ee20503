// The commands: in the palette, on keys, and on the toolbar of cells.

import { JupyterFrontEnd } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { ICodeCellModel, isCodeCellModel } from '@jupyterlab/cells';
import { INotebookTracker } from '@jupyterlab/notebook';
import { activeCode } from './cells';
import { ALL } from './host';
import { SidePanel } from './panel';
import { Translate } from './translate';

// What the model reads is English in every language.
const EXPLAIN = 'Explain what this code does, in simple words. Write no code.';

/** Register the commands. */
export function addCommands(
  app: JupyterFrontEnd,
  panel: SidePanel,
  tracker: INotebookTracker,
  palette: ICommandPalette | null,
  t: Translate
): void {
  const { commands } = app;
  const active = (): ReturnType<typeof activeCode> => {
    const notebook = panel.conversation?.panel;
    return notebook ? activeCode(notebook) : null;
  };
  const show = (): void => app.shell.activateById(panel.id);
  const isPending = (): boolean => panel.thread.pending !== null;
  commands.addCommand('smallcode:open', {
    label: t('Show SmallCode'),
    execute: () => {
      show();
      panel.focusWords();
    }
  });
  commands.addCommand('smallcode:fix', {
    label: t('Fix with SmallCode'),
    caption: t('Fix the error of this cell with SmallCode'),
    isVisible: () => active()?.hasError ?? false,
    isEnabled: () => active()?.hasError ?? false,
    execute: () => {
      const cell = active();
      if (cell) {
        show();
        panel.conversation?.fix(cell);
      }
    }
  });
  commands.addCommand('smallcode:explain', {
    label: t('Explain with SmallCode'),
    isEnabled: () => active() !== null,
    execute: () => {
      const cell = active();
      if (cell) {
        show();
        panel.conversation?.explain(quoting(EXPLAIN, cell.source));
      }
    }
  });
  commands.addCommand('smallcode:stop', {
    label: t('Stop the assistant'),
    isEnabled: () => panel.thread.isRunning,
    execute: () => panel.conversation?.host.actions?.stop()
  });
  commands.addCommand('smallcode:accept', {
    label: t('Accept what SmallCode proposes'),
    isEnabled: isPending,
    execute: () => panel.conversation?.host.actions?.accept(ALL)
  });
  commands.addCommand('smallcode:discard', {
    label: t('Discard what SmallCode proposes'),
    isEnabled: isPending,
    execute: () => panel.conversation?.host.actions?.reject(ALL)
  });
  commands.addCommand('smallcode:undo', {
    label: t('Undo the files that SmallCode changed last'),
    isEnabled: () => panel.thread.connection === 'ready',
    execute: () => panel.conversation?.host.actions?.undo()
  });
  const names = ['open', 'fix', 'explain', 'stop', 'accept', 'discard', 'undo'].map(
    name => `smallcode:${name}`
  );
  const notify = (): void => names.forEach(name => commands.notifyCommandChanged(name));
  panel.changed.connect(notify);
  watchActiveCell(tracker, notify);
  names.forEach(command => palette?.addItem({ command, category: 'SmallCode' }));
}

/** Tell when another cell is active, or the active one has other outputs. */
function watchActiveCell(tracker: INotebookTracker, notify: () => void): void {
  let watched: ICodeCellModel['outputs'] | null = null;
  tracker.activeCellChanged.connect(() => {
    watched?.changed.disconnect(notify);
    const model = tracker.activeCell?.model;
    watched = model && isCodeCellModel(model) ? model.outputs : null;
    watched?.changed.connect(notify);
    notify();
  });
}

/** The words, with a cell's code in a fence that it cannot close itself. */
function quoting(words: string, code: string): string {
  const runs = code.match(/`{3,}/g) ?? [];
  const fence = '`'.repeat(Math.max(3, ...runs.map(run => run.length + 1)));
  return `${words}\n\n${fence}python\n${code}\n${fence}`;
}
