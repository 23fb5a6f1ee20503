// Accepted code in the notebook: written through the shared model in one transaction, so that Ctrl-Z takes it back.

import { isCodeCellModel } from '@jupyterlab/cells';
import { NotebookActions, NotebookPanel } from '@jupyterlab/notebook';

/** A cell that is to be replaced, and what it held when it was read. */
export type Target = {
  /** Its id; `In[3]` where only the number is known that it ran under. */
  readonly id: string;
  readonly source: string;
};

/** A cell that holds code. */
export type ActiveCode = Target & {
  /** That it ran under, as it shows. */
  readonly number: number | null;
  readonly hasError: boolean;
};

/** The active cell, if it holds code. */
export function activeCode(panel: NotebookPanel): ActiveCode | null {
  const model = panel.content.activeCell?.model;
  if (!model || !isCodeCellModel(model)) {
    return null;
  }
  const outputs = model.outputs.toJSON();
  return {
    id: model.id,
    source: model.sharedModel.getSource(),
    number: model.executionCount,
    hasError: outputs.some(output => output.output_type === 'error')
  };
}

/** Put code into a new cell below the active one. */
export function insertCode(panel: NotebookPanel, code: string, run: string): void {
  insert(panel, {
    cell_type: 'code',
    source: trimmed(code),
    metadata: { smallcode: { run }, trusted: true }
  });
}

/** Put Markdown below the active cell. */
export function insertMarkdown(panel: NotebookPanel, source: string): void {
  insert(panel, { cell_type: 'markdown', source, metadata: {} });
}

function insert(
  panel: NotebookPanel,
  cell: { cell_type: 'code' | 'markdown'; source: string; metadata: object }
): void {
  const notebook = panel.content;
  const shared = notebook.model?.sharedModel;
  if (!shared) {
    return;
  }
  const index = notebook.activeCellIndex + 1;
  shared.transact(() => {
    shared.insertCell(index, { ...cell, metadata: { ...cell.metadata } });
  });
  notebook.activeCellIndex = index;
  notebook.deselectAll();
}

/** Replace a cell's source. False, with nothing changed, where the cell is gone or was written in since. */
export function replaceCode(panel: NotebookPanel, target: Target, code: string): boolean {
  const notebook = panel.content;
  const index = indexOf(panel, target.id);
  const shared = notebook.widgets[index]?.model.sharedModel;
  if (!shared || trimmed(shared.getSource()) !== trimmed(target.source)) {
    return false;
  }
  shared.transact(() => shared.setSource(trimmed(code)));
  notebook.activeCellIndex = index;
  notebook.deselectAll();
  return true;
}

/** Where a cell stands, by its id or by `In[3]`; -1 where it is gone. */
function indexOf(panel: NotebookPanel, name: string): number {
  const number = Number(/^In\[(\d+)\]$/.exec(name)?.[1] ?? NaN);
  return panel.content.widgets.findIndex(
    ({ model }) => model.id === name || (isCodeCellModel(model) && model.executionCount === number)
  );
}

/** Files end in a newline, cells do not. */
function trimmed(code: string): string {
  return code.replace(/\n+$/, '');
}

/** Run the active cell as the person would, and those named `then` after it. */
export function runActive(panel: NotebookPanel, then: readonly string[]): void {
  runAt(panel, [panel.content.activeCellIndex, ...then.map(name => indexOf(panel, name))]);
}

/** Run the named cells; those that are gone are left out. */
export function runNamed(panel: NotebookPanel, names: readonly string[]): void {
  runAt(
    panel,
    names.map(name => indexOf(panel, name))
  );
}

function runAt({ content, sessionContext }: NotebookPanel, places: readonly number[]): void {
  const cells = places.map(index => content.widgets[index]).filter(cell => cell !== undefined);
  void NotebookActions.runCells(content, cells, sessionContext);
}
