// The picture of a run as data: its steps, what it has used, what is proposed; the twin of render/state.py.

import {
  ChangeSet,
  CheckReport,
  ContextPlan,
  PlanStep,
  Problem,
  Repair,
  Task,
  TaskFinished,
  ToolCall
} from './protocol';

export type StepStatus = 'running' | 'ok' | 'failed' | 'note' | 'stopped';

/** Something folded under a step. */
export type Detail = { readonly title: string; readonly text: string };

/** What the model wrote, and what the parser made of it. */
export type Exchange = {
  readonly raw: string;
  readonly reasoning: string;
  readonly dialect: string;
  readonly calls: readonly ToolCall[];
  readonly repairs: readonly Repair[];
  readonly problems: readonly Problem[];
};

/** One line of the run. */
export type Step = {
  readonly key: string;
  readonly icon: string;
  readonly words: string;
  readonly status: StepStatus;
  readonly started: number;
  readonly seconds: number;
  readonly details: readonly Detail[];
  /** Only on steps that asked the model. */
  readonly exchange?: Exchange;
};

/** What the run has used. */
export type Meter = {
  readonly prompt_tokens: number;
  readonly completion_tokens: number;
  readonly cached_tokens: number;
  readonly writing_seconds: number;
  readonly context_used: number;
  readonly context_window: number;
  readonly is_estimated: boolean;
};

/** All that is shown of a run. */
export type ViewState = {
  readonly run: string;
  readonly words: string;
  readonly model: string;
  readonly surface: Task['surface'];
  readonly steps: readonly Step[];
  /** Earlier steps that are no longer in `steps`. */
  readonly folded_steps: number;
  readonly stream: string;
  readonly reasoning: string;
  readonly stream_cut: number;
  readonly plan: readonly PlanStep[];
  readonly meter: Meter;
  readonly changes: ChangeSet | null;
  readonly report: CheckReport | null;
  readonly finished: TaskFinished | null;
  readonly started: number;
  readonly at: number;
  /** What the latest prompt holds; null before there is one. */
  readonly context: ContextPlan | null;
  /** Names of what was gathered for the prompts: these parts can be taken out. */
  readonly gathered: readonly string[];
  /** The question that waits for the person, or null. */
  readonly asked: { readonly question: string; readonly choices: readonly string[] } | null;
  /** Number of the latest event: what was seen before is not folded in again. */
  readonly seq: number;
};

const NO_METER: Meter = {
  prompt_tokens: 0,
  completion_tokens: 0,
  cached_tokens: 0,
  writing_seconds: 0,
  context_used: 0,
  context_window: 0,
  is_estimated: false
};

/** A run about to start. */
export const NOTHING: ViewState = {
  run: '',
  words: '',
  model: '',
  surface: 'files',
  steps: [],
  folded_steps: 0,
  stream: '',
  reasoning: '',
  stream_cut: 0,
  plan: [],
  meter: NO_METER,
  changes: null,
  report: null,
  finished: null,
  started: 0,
  at: 0,
  context: null,
  gathered: [],
  asked: null,
  seq: -1
};

/** How long the run took, or has taken up to the latest event. */
export function elapsed(state: ViewState): number {
  return state.finished?.seconds || Math.max(0, state.at - state.started);
}

/** Tokens written a second; 0 where too little was written to tell. */
export function speed(meter: Meter): number {
  return meter.writing_seconds > 0.05 ? meter.completion_tokens / meter.writing_seconds : 0;
}
