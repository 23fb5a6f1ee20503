// What the panel shows of one notebook: its runs, what waits for a decision, and how things stand with the kernel.

import { decode } from './codec';
import { fold } from './model';
import { ChangeSet, Envelope, Hello, ModelChoice, Said, Setting, VERSION } from './protocol';
import { NOTHING, ViewState } from './state';
import { english, Translate } from './translate';

/**
 * `none`: no notebook, or no kernel. `connecting`: asked, no word yet. `waiting`: the kernel runs a cell and answers
 * after it. `ready`. `missing`: the kernel has no SmallCode. `lost`: the kernel died or restarts.
 */
export type Connection = 'none' | 'connecting' | 'waiting' | 'ready' | 'missing' | 'lost';

/** One run with its events, so that it can be exported. */
export type ShownRun = {
  readonly view: ViewState;
  /** Pieces of answers left out. */
  readonly envelopes: readonly Envelope[];
};

export type Thread = {
  readonly connection: Connection;
  /** Why there is no connection, where more than a word can be said. */
  readonly reason: string;
  readonly kernel: string;
  readonly root: string;
  readonly runs: readonly ShownRun[];
  /** Earlier runs that are no longer in `runs`. */
  readonly folded_runs: number;
  readonly settings: readonly Setting[];
  readonly pending: ChangeSet | null;
  readonly isRunning: boolean;
  /** Words on their way to the kernel, before its first event; null: none. */
  readonly sent: string | null;
  /** The latest sentence about a decision. */
  readonly told: { readonly text: string; readonly level: 'info' | 'error' } | null;
  /** Cells that used what was just accepted, by id or `In[3]`. */
  readonly dependents: readonly string[];
  /** Names of parts of the context that the next question does not send. */
  readonly leftOut: readonly string[];
  /** What can be chosen, as far as it was asked for. */
  readonly models: readonly ModelChoice[];
  /** Whether the kernel runs a cell of the person. */
  readonly isCellRunning: boolean;
};

export const EMPTY: Thread = {
  connection: 'none',
  reason: '',
  kernel: '',
  root: '',
  runs: [],
  folded_runs: 0,
  settings: [],
  pending: null,
  isRunning: false,
  sent: null,
  told: null,
  dependents: [],
  leftOut: [],
  models: [],
  isCellRunning: false
};

const MAX_RUNS = 30;
const MAX_ENVELOPES = 5_000;

/** The thread after a message of the kernel. */
export function receive(thread: Thread, said: Said, t: Translate = english): Thread {
  switch (said.type) {
    case 'hello':
      return greeted(thread, said, t);
    case 'events':
      return said.envelopes.reduce((state, envelope) => take(state, envelope, t), thread);
    case 'pending':
      return { ...thread, pending: said.changes };
    case 'accepted':
      return {
        ...thread,
        told: { text: acceptedWords(said, t), level: 'info' },
        dependents: said.dependents
      };
    case 'told': {
      const settings = said.settings.length ? said.settings : thread.settings;
      return { ...thread, settings, sent: null, told: said.text ? said : thread.told };
    }
    case 'left_out':
      return { ...thread, leftOut: said.names };
    case 'models':
      return { ...thread, models: said.models };
  }
}

/** The runs of the kernel as it tells them. Those of a kernel that was restarted since stay where they are. */
function greeted(before: Thread, hello: Hello, t: Translate): Thread {
  if (hello.version !== VERSION) {
    const reason = t('The kernel speaks version %1 of the protocol, this panel %2.', hello.version, VERSION);
    return { ...before, connection: 'missing', reason };
  }
  const known = new Set(hello.runs.map(past => past.run));
  const earlier = before.runs.filter(run => !known.has(run.view.run));
  let thread: Thread = {
    ...before,
    connection: 'ready',
    reason: '',
    kernel: hello.kernel,
    root: hello.root,
    settings: hello.settings,
    pending: hello.pending,
    leftOut: hello.left_out,
    runs: earlier,
    isRunning: hello.is_running,
    sent: null
  };
  for (const past of hello.runs) {
    thread = past.envelopes.reduce((state, envelope) => take(state, envelope, t), thread);
  }
  return { ...thread, pending: hello.pending, isRunning: hello.is_running };
}

function take(thread: Thread, envelope: Envelope, t: Translate): Thread {
  const index = thread.runs.findIndex(run => run.view.run === envelope.run);
  const run = thread.runs[index] ?? { view: { ...NOTHING, run: envelope.run }, envelopes: [] };
  if (envelope.seq <= run.view.seq) {
    return thread;
  }
  const isKept = envelope.event.type !== 'model.delta' && run.envelopes.length < MAX_ENVELOPES;
  const next: ShownRun = {
    view: fold(run.view, envelope, t),
    envelopes: isKept ? [...run.envelopes, envelope] : run.envelopes
  };
  const runs = index < 0 ? [...thread.runs, next] : thread.runs.map((old, i) => (i === index ? next : old));
  const excess = Math.max(0, runs.length - MAX_RUNS);
  const state = {
    ...thread,
    runs: runs.slice(excess),
    folded_runs: thread.folded_runs + excess
  };
  switch (envelope.event.type) {
    case 'task.started':
      return { ...state, isRunning: true, sent: null, pending: null, told: null, dependents: [] };
    case 'task.finished':
      return { ...state, isRunning: false };
    default:
      return state;
  }
}

function acceptedWords(
  said: { readonly paths: readonly string[]; readonly cell_code: string | null; readonly was_run: boolean },
  t: Translate
): string {
  const files = said.paths.length ? t('Accepted: %1.', said.paths.join(', ')) : t('Accepted.');
  if (said.cell_code === null) {
    return files;
  }
  return `${files} ${said.was_run ? t('Its code ran in the kernel.') : t('Its code is in the notebook.')}`;
}

/** The thread after its kernel died or restarts: what ran is over, what was shown stays. */
export function losing(thread: Thread, reason: string, t: Translate = english): Thread {
  const runs = thread.runs.map(run => (run.view.finished ? run : broken(run, t)));
  return {
    ...thread,
    connection: 'lost',
    reason,
    runs,
    isRunning: false,
    sent: null,
    pending: null,
    dependents: [],
    isCellRunning: false
  };
}

/** A run that its kernel took along. */
function broken(run: ShownRun, t: Translate): ShownRun {
  const event = { type: 'task.finished', outcome: 'cancelled', reason: t('The kernel ended.') };
  const { at, seq } = run.view;
  const last = decode<Envelope>('Envelope', { run: run.view.run, seq: seq + 1, at, event });
  return { view: fold(run.view, last, t), envelopes: [...run.envelopes, last] };
}
