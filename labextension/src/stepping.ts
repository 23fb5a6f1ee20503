// How steps come into the picture of a run: begun, ended, told; never more than can be shown.

import { oneLine } from './plain';
import { Detail, Exchange, Step, StepStatus, ViewState } from './state';
import { Translate } from './translate';
import { cut } from './words';

const MAX_STEPS = 200;
const MAX_DETAIL = 6_000;

/** Details as many and as long as can be shown. */
export function bounded(details: readonly Detail[], t: Translate): readonly Detail[] {
  return details
    .slice(0, 30)
    .map(({ title, text }) => ({ title: oneLine(title, 120), text: cut(text, MAX_DETAIL, t) }));
}

function indexOf(state: ViewState, key: string): number {
  for (let index = state.steps.length - 1; index >= 0; index--) {
    if (state.steps[index].key === key) {
      return index;
    }
  }
  return -1;
}

/** The latest step of this key. */
export function find(state: ViewState, key: string): Step | undefined {
  return state.steps[indexOf(state, key)];
}

/** The picture with one more step; the oldest goes where there are too many. */
export function append(state: ViewState, step: Step): ViewState {
  const excess = Math.max(0, state.steps.length + 1 - MAX_STEPS);
  const steps = [...state.steps.slice(excess), step];
  return { ...state, steps, folded_steps: state.folded_steps + excess };
}

/** Replaces the latest step of this key. */
export function put(state: ViewState, step: Step): ViewState {
  const steps = state.steps.slice();
  steps[indexOf(state, step.key)] = step;
  return { ...state, steps };
}

/** The picture with a step that runs. */
export function begin(state: ViewState, key: string, icon: string, words: string): ViewState {
  return append(state, {
    key,
    icon,
    words,
    status: 'running',
    started: state.at,
    seconds: 0,
    details: []
  });
}

/** The picture with a step that only tells something. */
export function note(
  state: ViewState,
  icon: string,
  words: string,
  details: readonly Detail[],
  t: Translate
): ViewState {
  return append(state, {
    key: 'note',
    icon,
    words,
    status: 'note',
    started: state.at,
    seconds: 0,
    details: bounded(details, t)
  });
}

type Ended = {
  readonly words: string;
  readonly details?: readonly Detail[];
  readonly icon?: string;
  readonly exchange?: Exchange;
};

/** The picture after a step has ended; one that had not begun is added. */
export function end(
  before: ViewState,
  key: string,
  status: StepStatus,
  ended: Ended,
  t: Translate
): ViewState {
  const running = find(before, key);
  const isNew = running?.status !== 'running';
  const state = isNew ? begin(before, key, ended.icon ?? '→', ended.words) : before;
  const step = isNew ? state.steps[state.steps.length - 1] : (running as Step);
  return put(state, {
    ...step,
    words: ended.words,
    status,
    icon: ended.icon ?? step.icon,
    seconds: Math.max(0, state.at - step.started),
    details: [...step.details, ...bounded(ended.details ?? [], t)],
    ...(ended.exchange ? { exchange: ended.exchange } : {})
  });
}
