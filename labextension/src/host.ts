// What a view needs of the place that it stands in: JupyterLab, a widget, a saved output.

import { Accept, HunkRange, Run } from './protocol';
import { ShownRun, Thread } from './thread';
import { Translate } from './translate';

/** A part of the proposal: everything, a file, hunks of it. */
export type Part = { readonly path: string | null; readonly hunks: readonly HunkRange[] | null };

export const ALL: Part = { path: null, hunks: null };

/** What the person may do here; null in a saved output, which only shows. */
export type Actions = {
  run(wish: Pick<Run, 'words' | 'surface' | 'policy'>): void;
  stop(): void;
  answer(choice: string): void;
  accept(part: Part): void;
  reject(part: Part): void;
  undo(): void;
  set(name: string, value: string): void;
  /** Take a part of the context out of what the next question sends, or put it back. */
  leaveOut(name: string, isOut: boolean): void;
  /** Ask which models can be chosen; they come with the thread. */
  listModels(): void;
  /** Put the proposed code into a cell without running it, or, where there are no cells, into the clipboard. */
  edit(code: string): void;
  /** Run cells that used what was accepted again; null where there are no cells. */
  rerun: ((names: readonly string[]) => void) | null;
  /** End what the kernel runs; null where that cannot be done from here. */
  interrupt: (() => void) | null;
  /** Write a run into the notebook; null where there are no cells. */
  pin: ((run: ShownRun) => void) | null;
  /** Names that begin like this, for `@`. */
  complete(prefix: string): Promise<readonly string[]>;
};

/** A place for a view. */
export type Host = {
  readonly t: Translate;
  readonly actions: Actions | null;
  /** Whether accepted code is written into the notebook as a cell. */
  readonly hasCells: boolean;
};

const PERIOD = 60;

/** A value that tells when it changes: with the next frame, but not again within `PERIOD` milliseconds. */
export class Store {
  private listeners = new Set<() => void>();
  private isDue = false;
  private toldAt = 0;

  constructor(private current: Thread) {}

  get thread(): Thread {
    return this.current;
  }

  update(change: (thread: Thread) => Thread): void {
    const next = change(this.current);
    if (next === this.current) {
      return;
    }
    this.current = next;
    if (!this.isDue) {
      this.isDue = true;
      soon(PERIOD - (performance.now() - this.toldAt), () => {
        this.isDue = false;
        this.toldAt = performance.now();
        this.listeners.forEach(listener => listener());
      });
    }
  }

  /** Calls `listener` after changes until the returned function is called. */
  listen(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}

/** With the first frame after `delay` milliseconds; in a page that is not shown there are no frames. */
function soon(delay: number, work: () => void): void {
  if (document.hidden) {
    setTimeout(work, Math.max(delay, 0));
  } else if (delay > 0) {
    setTimeout(() => requestAnimationFrame(work), delay);
  } else {
    requestAnimationFrame(work);
  }
}

/** The message for accepting a part; the id keeps another proposal from being taken in its place. */
export function accepting(thread: Thread, part: Part, runsCell: boolean): Accept | null {
  return thread.pending ? { type: 'accept', changes: thread.pending.id, ...part, runs_cell: runsCell } : null;
}
