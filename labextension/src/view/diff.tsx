// One file's change: hunks with their surroundings, signs as well as colours, and what can be done with each.

import { JSX } from 'preact';
import { Hunk, hunksOf, splitLines } from '../hunks';
import { plain } from '../plain';
import { FileChange, HunkRange } from '../protocol';
import { grouped, NEXT_CELL, place } from '../words';
import { Code, useWords } from './text';

const AROUND = 3;
const MOST_LINES = 2_000;

/** What can be done with hunks; null where the diff is only shown. */
export type HunkActions = {
  accept(hunk: HunkRange): void;
  reject(hunk: HunkRange): void;
} | null;

/** The ranges of a hunk without its lines. */
export function rangeOf({ before_start, before_end, after_start, after_end }: Hunk): HunkRange {
  return { before_start, before_end, after_start, after_end };
}

/** The change of one file, or the code of a cell. */
export function FileDiff({ change, actions }: { change: FileChange; actions: HunkActions }): JSX.Element {
  const t = useWords();
  if (change.before === null && change.path === NEXT_CELL) {
    return <Code text={change.after ?? ''} label={t('Code for the next cell')} />;
  }
  const hunks = hunksOf(change);
  const lines = splitLines(change.before ?? '');
  // A new or deleted file is one choice.
  const isWhole = change.before === null || change.after === null;
  return (
    <div class="sc-diff" role="group" aria-label={t('Changes of %1', place(change.path, t))}>
      {hunks.map((hunk, index) => (
        <HunkBlock
          key={`${hunk.before_start}-${hunk.after_start}`}
          hunk={hunk}
          number={index + 1}
          count={hunks.length}
          above={lines.slice(floor(hunks, index), hunk.before_start)}
          below={lines.slice(hunk.before_end, ceiling(hunks, index, lines.length))}
          isFirst={index === 0}
          actions={isWhole ? null : actions}
          isCell={change.path.startsWith('cell:')}
        />
      ))}
    </div>
  );
}

/** Where the lines above a hunk begin: those that the hunk before shows below itself are not shown twice. */
function floor(hunks: readonly Hunk[], index: number): number {
  const start = hunks[index].before_start - AROUND;
  return index ? Math.max(start, ceiling(hunks, index - 1, Infinity)) : Math.max(0, start);
}

function ceiling(hunks: readonly Hunk[], index: number, length: number): number {
  const next = hunks[index + 1]?.before_start ?? length;
  return Math.min(hunks[index].before_end + AROUND, next);
}

function HunkBlock(props: {
  hunk: Hunk;
  number: number;
  count: number;
  above: readonly string[];
  below: readonly string[];
  isFirst: boolean;
  actions: HunkActions;
  /** Cells do not end in a newline: that is not worth a word. */
  isCell: boolean;
}): JSX.Element {
  const { hunk, number, count, above, below, actions } = props;
  const t = useWords();
  const skipped = hunk.before_start - above.length;
  const title = t('Hunk %1 of %2, line %3', number, count, hunk.before_start + 1);
  return (
    <div class="sc-hunk" data-hunk tabIndex={actions ? 0 : undefined} role="group" aria-label={title}>
      <div class="sc-hunk-head">
        <span class="sc-faint">{title}</span>
        {actions && (
          <span class="sc-buttons">
            <button
              type="button"
              class="sc-button"
              data-key="y"
              title={t('Accept this hunk (y)')}
              onClick={() => actions.accept(rangeOf(hunk))}
            >
              {t('Accept')}
            </button>
            <button
              type="button"
              class="sc-button"
              data-key="n"
              title={t('Reject this hunk (n)')}
              onClick={() => actions.reject(rangeOf(hunk))}
            >
              {t('Reject')}
            </button>
          </span>
        )}
      </div>
      <div class="sc-lines">
        {skipped > 0 && props.isFirst && <div class="sc-faint"> …</div>}
        <Lines lines={above} kind="context" sign=" " />
        <Lines lines={hunk.before} kind="removed" sign="-" isCell={props.isCell} />
        <Lines lines={hunk.after} kind="added" sign="+" isCell={props.isCell} />
        <Lines lines={below} kind="context" sign=" " />
      </div>
    </div>
  );
}

function Lines(props: {
  lines: readonly string[];
  kind: string;
  sign: string;
  isCell?: boolean;
}): JSX.Element {
  const t = useWords();
  const shown = props.lines.slice(0, MOST_LINES);
  const rest = props.lines.length - shown.length;
  return (
    <>
      {shown.map((line, index) => (
        <div key={index} class={`sc-line sc-${props.kind}`}>
          <span class="sc-sign">{props.sign}</span>
          <span>
            {plain(line.replace(/\r?\n$/, ''))}
            {!/[\n\r]$/.test(line) && props.kind !== 'context' && !props.isCell && (
              <span class="sc-faint"> {t('(no newline at the end)')}</span>
            )}
          </span>
        </div>
      ))}
      {rest > 0 && <div class="sc-faint">{t('… %1 more lines', grouped(rest))}</div>}
    </>
  );
}
