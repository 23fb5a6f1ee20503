// The one picture of a run: a pure fold over its events; the twin of render/view.py, kept equal by golden traces.

import { oneLine } from './plain';
import {
  CheckReport,
  ContextPlan,
  Dropped,
  Envelope,
  ModelDelta,
  ModelFinished,
  ModelInfo,
  ModelStarted,
  Notice,
  Problem,
  ReplyParsed,
  StrategyChosen,
  TaskFinished,
  TaskStarted,
  ToolFinished
} from './protocol';
import { Detail, Exchange, NOTHING, Step, ViewState } from './state';
import { append, begin, bounded, end, find, note, put } from './stepping';
import { english, later, Translate } from './translate';
import * as say from './words';

const MAX_STREAM = 8_000;
const MAX_RAW = 40_000;

/** The picture after one more event. Its size stays bounded however long the run is. */
export function fold(before: ViewState, envelope: Envelope, t: Translate = english): ViewState {
  const event = envelope.event;
  const state: ViewState = { ...before, at: envelope.at, seq: envelope.seq };
  switch (event.type) {
    case 'task.started':
      return start(state, envelope.run, event, t);
    case 'model.opened':
      return opened(state, event.info, t);
    case 'context.gathered': {
      const details = event.context.items.map(item => ({
        title: say.place(item.name, t),
        text: item.reason
      }));
      const words = say.contextWords(event.context, t);
      const gathered = event.context.items.map(item => item.name);
      return end({ ...state, gathered }, 'context', 'ok', { words, details }, t);
    }
    case 'turn.started':
    case 'context.replanned':
      return planned(state, event.plan, t);
    case 'model.started':
      return thinking(state, event, t);
    case 'model.delta':
      return delta(state, event);
    case 'model.finished':
      return answered(state, event, t);
    case 'reply.parsed':
      return parsed(state, event, t);
    case 'tool.started':
      return begin(state, `tool:${event.call.id}`, say.callIcon(event.call), say.callWords(event.call, t));
    case 'tool.finished':
      return tool(state, event, t);
    case 'check.started': {
      const names = event.paths.slice(0, 3).map(path => say.place(path, t));
      return begin(state, `check:${event.turn}`, '✓', t('check %1', oneLine(names.join(', '), 60)));
    }
    case 'check.finished':
      return checked(state, event.turn, event.report, t);
    case 'strategy.chosen':
      return strategy(state, event, t);
    case 'plan.updated':
      return { ...state, plan: event.steps };
    case 'user.asked': {
      const words = t('ask: %1 (%2)', oneLine(event.question), event.choices.join(', '));
      const asked = { question: event.question, choices: event.choices };
      return { ...begin(state, 'ask', '?', words), asked };
    }
    case 'user.answered':
      return userAnswered(state, event.choice, t);
    case 'turn.finished':
      return state;
    case 'change.proposed':
      return { ...state, changes: event.changes, report: event.report };
    case 'notice':
      return notice(state, event, t);
    case 'task.finished':
      return finish(state, event, t);
  }
}

/** The picture of a whole run. */
export function foldAll(envelopes: readonly Envelope[], t: Translate = english): ViewState {
  return envelopes.reduce((state, envelope) => fold(state, envelope, t), NOTHING);
}

function start(state: ViewState, run: string, event: TaskStarted, t: Translate): ViewState {
  const { words, surface } = event.task;
  return begin({ ...state, run, words, surface, started: state.at }, 'context', '○', t('look around'));
}

/** The model is known. Where that took a while (a server had to start), it is a step of its own. */
function opened(before: ViewState, info: ModelInfo, t: Translate): ViewState {
  const state = { ...before, model: info.name };
  if (state.at - state.started < 2) {
    return state;
  }
  const name = oneLine(info.name, 60);
  const words = info.device ? t('open %1 on %2', name, info.device) : t('open %1', name);
  return begin(end(state, 'context', 'ok', { words }, t), 'context', '○', t('look around'));
}

function planned(before: ViewState, plan: ContextPlan, t: Translate): ViewState {
  const meter = { ...before.meter, context_used: plan.prompt_tokens, context_window: plan.window };
  const state = { ...before, meter, context: plan };
  if (!plan.dropped.length) {
    return state;
  }
  const gone = plan.dropped.filter(item => !item.kept_tokens);
  const shorter = plan.dropped.filter(item => item.kept_tokens);
  let words = gone.length ? t('left out to fit the context: %1', names(gone, t)) : '';
  if (shorter.length) {
    words = words
      ? t('%1; shortened: %2', words, names(shorter, t))
      : t('shortened to fit the context: %1', names(shorter, t));
  }
  const details = plan.dropped.map(item => ({ title: item.name, text: say.droppedWords(item, t) }));
  return note(state, '!', words, details, t);
}

function names(items: readonly Dropped[], t: Translate): string {
  const first = items
    .slice(0, 3)
    .map(item => oneLine(item.name, 30))
    .join(', ');
  return items.length > 3 ? t('%1 and %2 more', first, items.length - 3) : first;
}

function thinking(before: ViewState, event: ModelStarted, t: Translate): ViewState {
  const state = { ...before, stream: '', reasoning: '', stream_cut: 0 };
  const words = event.is_routing ? t('choose the tools') : t('think · turn %1', event.turn);
  return begin(state, `model:${event.turn}`, '◇', words);
}

function delta(state: ViewState, event: ModelDelta): ViewState {
  if (event.is_reasoning) {
    return { ...state, reasoning: (state.reasoning + event.text).slice(-MAX_STREAM) };
  }
  const stream = state.stream + event.text;
  const excess = Math.max(0, stream.length - MAX_STREAM);
  return { ...state, stream: stream.slice(excess), stream_cut: state.stream_cut + excess };
}

function answered(before: ViewState, event: ModelFinished, t: Translate): ViewState {
  const { reply, problem } = event;
  const { usage } = reply;
  const step = find(before, `model:${event.turn}`);
  const details: Detail[] = [];
  if (reply.reasoning.trim()) {
    details.push({ title: t('thinking'), text: reply.reasoning });
  }
  if (reply.text.trim()) {
    details.push({ title: t('answer'), text: reply.text });
  }
  const was = before.meter;
  const meter = {
    ...was,
    prompt_tokens: was.prompt_tokens + usage.prompt_tokens,
    completion_tokens: was.completion_tokens + usage.completion_tokens,
    cached_tokens: was.cached_tokens + usage.cached_tokens,
    writing_seconds: was.writing_seconds + Math.max(0, usage.seconds - usage.first_token_seconds),
    context_used: usage.prompt_tokens + usage.completion_tokens || was.context_used,
    is_estimated: was.is_estimated || usage.is_estimated
  };
  let words = step ? step.words : t('think · turn %1', event.turn);
  if (problem) {
    words = `${words} · ${oneLine(problem.what, 120)}`;
  } else if (words === t('choose the tools')) {
    words = `${words}: ${oneLine(reply.text, 20)}`;
  } else if (reply.finish_reason in CUTS) {
    words = `${words} · ${t(CUTS[reply.finish_reason])}`;
  }
  const exchange: Exchange = {
    raw: say.cut(reply.text, MAX_RAW, t),
    reasoning: say.cut(reply.reasoning, MAX_RAW, t),
    dialect: '',
    calls: [],
    repairs: [],
    problems: []
  };
  const state = { ...before, meter, stream: '', reasoning: '', stream_cut: 0 };
  return end(state, `model:${event.turn}`, problem ? 'failed' : 'ok', { words, details, exchange }, t);
}

const CUTS: { readonly [reason: string]: string } = {
  length: later('cut at its longest'),
  guard: later('ended: it repeated itself'),
  cancelled: later('stopped')
};

function parsed(state: ViewState, event: ReplyParsed, t: Translate): ViewState {
  const step = find(state, `model:${event.turn}`);
  if (!step) {
    return state;
  }
  const details = [
    ...event.repairs.map(repair => ({ title: t('mended: %1', repair.name), text: repair.detail })),
    ...event.problems.map(problem => ({ title: t('not understood'), text: sentence(problem) }))
  ];
  const { dialect, calls, repairs, problems } = event;
  const exchange = step.exchange && { ...step.exchange, dialect, calls, repairs, problems };
  return put(state, { ...step, exchange, details: [...step.details, ...bounded(details, t)] });
}

function sentence(problem: Problem): string {
  return [problem.what, problem.why, problem.hint].filter(part => part).join(' ');
}

function tool(state: ViewState, event: ToolFinished, t: Translate): ViewState {
  const { result } = event;
  const key = `tool:${result.call_id}`;
  let words = find(state, key)?.words ?? oneLine(result.name);
  if (result.status !== 'ok') {
    const what = oneLine(result.problem ? result.problem.what : result.content, 120);
    words = `${words} · ${result.status === 'denied' ? t('not allowed: %1', what) : what}`;
  }
  const shown = result.display || result.content;
  const details = shown.trim() ? [{ title: t('result'), text: shown }] : [];
  return end(state, key, result.status === 'ok' ? 'ok' : 'failed', { words, details }, t);
}

function checked(state: ViewState, turn: number, report: CheckReport, t: Translate): ViewState {
  const details = report.results
    .filter(result => result.display || result.detail)
    .map(result => ({
      title: `${say.verdict(result, t)} ${say.place(result.target, t)}`,
      text: result.display || result.detail
    }));
  const status = say.reportStatus(report);
  const statuses = { passed: 'ok', failed: 'failed', unchecked: 'note' } as const;
  const ended = { words: say.checkWords(report, t), details, icon: say.MARKS[status] };
  return end(state, `check:${turn}`, statuses[status], ended, t);
}

function strategy(state: ViewState, event: StrategyChosen, t: Translate): ViewState {
  const reason = oneLine(event.reason, 120);
  if (event.strategy === 'stop') {
    return reason ? note(state, '■', t('stop: %1', reason), [], t) : state;
  }
  if (event.strategy === 'accept') {
    return state;
  }
  const temperature = String(Number(event.temperature.toPrecision(6)));
  const words = t('retry: %1 (%2, temperature %3)', reason, event.strategy, temperature);
  return note(state, '↻', words, [], t);
}

function userAnswered(state: ViewState, choice: string, t: Translate): ViewState {
  const question = find(state, 'ask')?.words ?? t('ask');
  const words = `${question} → ${oneLine(choice)}`;
  return { ...end(state, 'ask', 'ok', { words }, t), asked: null };
}

/** The same notice again, as while a server starts, takes the place of the one before. */
function notice(state: ViewState, event: Notice, t: Translate): ViewState {
  const { problem, level } = event;
  const texts = [problem.why, problem.hint].filter(text => text);
  const step: Step = {
    key: `notice:${problem.code}`,
    icon: '!',
    words: oneLine(problem.what, 200),
    status: level === 'error' ? 'failed' : 'note',
    started: state.at,
    seconds: 0,
    details: bounded(
      texts.map(text => ({ title: t('why'), text })),
      t
    )
  };
  const last = state.steps[state.steps.length - 1];
  return last?.key === step.key ? put(state, step) : append(state, step);
}

function finish(before: ViewState, event: TaskFinished, t: Translate): ViewState {
  const words = event.outcome === 'cancelled' ? t('stopped') : t('not finished');
  let state = before;
  for (const step of before.steps) {
    if (step.status === 'running') {
      state = end(state, step.key, 'stopped', { words: `${step.words} · ${words}` }, t);
    }
  }
  const { prompt_tokens, completion_tokens, cached_tokens } = event;
  const meter =
    prompt_tokens || completion_tokens
      ? { ...state.meter, prompt_tokens, completion_tokens, cached_tokens }
      : state.meter;
  return { ...state, finished: event, meter, stream: '', reasoning: '', stream_cut: 0, asked: null };
}
