// The sentences of a run: what a call, a check, an outcome is called; the twin of render/words.py.

import { oneLine, plain } from './plain';
import {
  ChangeSet,
  CheckReport,
  CheckResult,
  Context,
  Dropped,
  FileChange,
  TaskFinished,
  ToolCall
} from './protocol';
import { later, Translate } from './translate';

export const NEXT_CELL = 'cell:next';

/** The change of a cell among changes: code for the next one, or another text for one that is there; or null. */
export function cellOf(changes: ChangeSet | null): FileChange | null {
  return changes?.files.find(change => change.path.startsWith('cell:')) ?? null;
}

export type CheckStatus = CheckResult['status'];

export const MARKS: { readonly [status in CheckStatus]: string } = {
  passed: '✓',
  failed: '✗',
  unchecked: '–'
};

const FORMAL = new Set(['syntax', 'compile', 'page', 'names', 'import', 'protected']);

/** Tool -> icon, sentence, the argument that goes into it, what stands there without one. */
const CALLS: { readonly [name: string]: readonly [string, string, string, string] } = {
  read_file: ['→', later('read %1'), 'path', later('a file')],
  list_files: ['→', later('list %1'), 'path', later('the files')],
  outline: ['→', later('outline %1'), 'path', later('the files')],
  write_file: ['✎', later('write %1'), 'path', later('a file')],
  edit_file: ['✎', later('edit %1'), 'path', later('a file')],
  write_definitions: ['✎', later('edit %1'), 'path', later('a file')],
  edit_cell: ['✎', later('write %1'), 'path', later('the next cell')],
  search_text: ['→', later('search for “%1”'), 'pattern', later('a text')],
  find_files: ['→', later('find %1'), 'pattern', later('files')],
  run_code: ['▶', later('try code in a copy of the kernel'), '', ''],
  run_command: ['▶', later('run `%1`'), 'command', later('a command')],
  run_tests: ['▶', later('run the tests'), '', ''],
  update_plan: ['☰', later('update the plan'), '', ''],
  finish: ['■', later('finish'), '', '']
};

const OUTCOMES: { readonly [outcome in TaskFinished['outcome']]: string } = {
  validated: later('✓ Validated'),
  unvalidated: later('– Not validated'),
  answered: later('✓ Answered'),
  gave_up: later('✗ Gave up'),
  cancelled: later('■ Stopped'),
  failed: later('✗ Failed')
};

/** A path or cell in a person's words. */
export function place(path: string, t: Translate): string {
  if (path === NEXT_CELL) {
    return t('the next cell');
  }
  return path.startsWith('cell:') ? t('cell %1', path.slice(5)) : path;
}

function known(call: ToolCall): readonly [string, string, string, string] | undefined {
  return Object.prototype.hasOwnProperty.call(CALLS, call.name) ? CALLS[call.name] : undefined;
}

/** The sign of a call's kind. */
export function callIcon(call: ToolCall): string {
  return known(call)?.[0] ?? '→';
}

/** What a call does, as a short clause. */
export function callWords(call: ToolCall, t: Translate): string {
  const found = known(call);
  if (!found) {
    return oneLine(call.name);
  }
  const [, sentence, argument, otherwise] = found;
  const value = call.arguments[argument];
  const object =
    typeof value === 'string' && value ? oneLine(place(value, t), 60) : otherwise && t(otherwise);
  return t(sentence, object);
}

/** Checkers that have words of their own in another language; a new one is shown by its name. */
const CHECKERS = [
  later('syntax'),
  later('compile'),
  later('names'),
  later('import'),
  later('imports'),
  later('examples'),
  later('tests'),
  later('programs'),
  later('trial'),
  later('page'),
  later('protected'),
  later('stubs')
];

/** One checker's verdict: `examples 3/3 ✓`. */
export function verdict(result: CheckResult, t: Translate): string {
  const cases = result.passed + result.failed;
  const counted = cases && result.name !== 'syntax' ? ` ${result.passed}/${cases}` : '';
  const name = CHECKERS.includes(result.name) ? t(result.name) : oneLine(result.name, 30);
  return `${name}${counted} ${MARKS[result.status]}`;
}

/** All verdicts on one line. */
export function checkWords(report: CheckReport, t: Translate): string {
  if (!report.results.length) {
    return t('check: nothing here can judge it');
  }
  return t('check %1', report.results.map(result => verdict(result, t)).join(' '));
}

/** Failed if any failed; passed if any passed beyond mere form; otherwise unchecked. */
export function reportStatus(report: CheckReport): CheckStatus {
  if (report.results.some(result => result.status === 'failed')) {
    return 'failed';
  }
  const isPassed = report.results.some(result => result.status === 'passed' && !FORMAL.has(result.name));
  return isPassed ? 'passed' : 'unchecked';
}

/** What was looked at before the model was asked, and what the person took out of it. */
export function contextWords(context: Context, t: Translate): string {
  const names = context.items.map(item => oneLine(place(item.name, t), 40));
  const gone = context.left_out.map(name => oneLine(place(name, t), 40));
  const words = names.length
    ? t('look at %1', firstOf(names, t))
    : t('look around: nothing to show the model');
  return gone.length ? t('%1; left out by you: %2', words, firstOf(gone, t)) : words;
}

function firstOf(names: readonly string[], t: Translate): string {
  const first = names.slice(0, 3).join(', ');
  return names.length > 3 ? t('%1 and %2 more', first, names.length - 3) : first;
}

/** Why something is not, or not whole, in the prompt. */
export function droppedWords(item: Dropped, t: Translate): string {
  const reason = oneLine(item.reason, 200);
  if (item.kept_tokens) {
    const gone = grouped(Math.max(0, item.tokens - item.kept_tokens));
    return t('%1 of %2: %3', gone, tokens(item.tokens, t), reason);
  }
  return t('%1: %2', tokens(item.tokens, t), reason);
}

/** What the kernel says about a decision. `tests/frontends/test_panel_protocol.py` holds them to its words. */
const DECISIONS = [
  later('Discarded.'),
  later('Discarded: %1.'),
  later('%1 is set.'),
  later('Put back: %1.'),
  later('No file had to be put back.')
];

/** A sentence of the kernel. Those that follow a decision are translated, others are shown as they are. */
export function kernelWords(text: string, t: Translate): string {
  for (const sentence of DECISIONS) {
    const [before, after] = sentence.split('%1');
    if (after === undefined) {
      if (text === before) {
        return t(sentence);
      }
    } else if (text.startsWith(before) && text.endsWith(after)) {
      const value = text.slice(before.length, -after.length);
      // Another sentence follows: half of it translated would be worse.
      return value.includes('. ') ? text : t(sentence, value);
    }
  }
  return text;
}

/** As the kernel names it where the panel set it. */
export const SET_HERE = 'set here';
export const OF_JUPYTERLAB = 'settings of JupyterLab';

const SOURCES = [later('default'), later('set here'), later('environment'), later('settings of JupyterLab')];

/** Where the value of a setting came from; a file by its name. */
export function sourceWords(source: string, t: Translate): string {
  const locked = /^locked by (.*)$/s.exec(source);
  if (locked) {
    return t('locked by %1', locked[1]);
  }
  return SOURCES.includes(source) ? t(source) : source;
}

/** How the run ended, with the reason and what to do about it. */
export function outcomeWords(finished: TaskFinished, t: Translate): string {
  const sentence = `${t(OUTCOMES[finished.outcome])}: ${oneLine(finished.reason, 400)}`.replace(/[: ]+$/, '');
  const problem = finished.problem;
  const parts = problem ? [problem.what, problem.why, problem.hint] : [];
  const extra = parts
    .filter(part => part && !sentence.includes(oneLine(part, 400)))
    .map(part => oneLine(part, 400));
  return [sentence, ...extra].join(' ');
}

/** `1 token`, `2,000 tokens`. */
export function tokens(count: number, t: Translate): string {
  return count === 1 ? t('%1 token', grouped(count)) : t('%1 tokens', grouped(count));
}

/** `2,000`. */
export function grouped(count: number): string {
  return count.toLocaleString('en-US');
}

/** `0.4 s`, `2 min 5 s`. */
export function duration(seconds: number): string {
  if (seconds < 100) {
    return `${seconds.toFixed(1)} s`;
  }
  return `${Math.floor(seconds / 60)} min ${Math.floor(seconds) % 60} s`;
}

/** `980`, `1.4k`, `8k`. */
export function thousands(count: number, unit = 1000): string {
  return count < 1000 ? String(count) : `${(count / unit).toFixed(1).replace(/\.0$/, '')}k`;
}

/** The head of a long text and a sentence on how much is missing. */
export function cut(text: string, limit: number, t: Translate): string {
  if (text.length <= limit) {
    return text;
  }
  const rest = grouped(text.length - limit);
  return `${text.slice(0, limit)}\n${t('… %1 more characters; `trace` shows all', rest)}`;
}

/** A model's words cut into prose and fenced code. A fence that is never closed reaches to the end. */
export function blocks(text: string): readonly { readonly text: string; readonly isCode: boolean }[] {
  const found: { text: string; isCode: boolean }[] = [];
  let lines: string[] = [];
  let fence = '';
  const flush = (isCode: boolean): void => {
    const body = lines.join('\n').replace(/^\n+|\n+$/g, '');
    if (body.trim() || isCode) {
      found.push({ text: body, isCode });
    }
    lines = [];
  };
  for (const line of plain(text).split('\n')) {
    const mark = /^ {0,3}(`{3,}|~{3,})[ \t]*[\w+#.-]*[^`]*$/.exec(line);
    const bare = line.trim();
    if (fence && bare.startsWith(fence) && [...bare].every(char => char === fence[0])) {
      flush(true);
      fence = '';
    } else if (!fence && mark) {
      flush(false);
      fence = mark[1];
    } else {
      lines.push(line);
    }
  }
  if (lines.length || fence) {
    flush(fence !== '');
  }
  return found;
}
