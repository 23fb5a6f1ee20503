// What a run has used, and what its latest prompt holds.

import { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Actions } from '../host';
import { oneLine } from '../plain';
import { ContextPlan } from '../protocol';
import { elapsed, speed, ViewState } from '../state';
import { droppedWords, duration, grouped, thousands, tokens } from '../words';
import { useWords } from './text';

/** Tokens, speed and time on one line; the parts of the prompt folded under it. */
export function Meter(props: {
  view: ViewState;
  /** Names of parts that the next question does not send. */
  leftOut: readonly string[];
  /** null where nothing can be taken out. */
  actions: Actions | null;
}): JSX.Element | null {
  const t = useWords();
  const { view, leftOut, actions } = props;
  const { meter, context } = view;
  const seconds = elapsed(view) + useSecondsSince(view, actions !== null);
  const unit = meter.context_window % 1024 === 0 ? 1024 : 1000;
  const share = meter.context_window ? meter.context_used / meter.context_window : 0;
  const read = tokens(meter.prompt_tokens, t);
  const words = [
    meter.prompt_tokens ? (meter.is_estimated ? t('about %1 read', read) : t('%1 read', read)) : '',
    meter.cached_tokens ? t('%1 from cache', grouped(meter.cached_tokens)) : '',
    meter.completion_tokens ? t('%1 written', grouped(meter.completion_tokens)) : '',
    speed(meter) ? t('%1 tokens/s', speed(meter).toFixed(1)) : '',
    duration(seconds)
  ].filter(part => part);
  return (
    <div class="sc-meter">
      <div class="sc-faint">{words.join(' · ')}</div>
      {meter.context_window > 0 && (
        <details>
          <summary>
            <span class={share > 0.9 ? 'sc-bar sc-full' : 'sc-bar'} aria-hidden="true">
              <span style={{ width: `${Math.min(100, share * 100)}%` }} />
            </span>
            {t(
              'context %1 of %2',
              thousands(meter.context_used, unit),
              thousands(meter.context_window, unit)
            )}
          </summary>
          {context && <Parts plan={context} gathered={view.gathered} leftOut={leftOut} actions={actions} />}
        </details>
      )}
    </div>
  );
}

/** Seconds since the latest event of a run that goes on here: a slow model may say nothing for a minute. */
function useSecondsSince(view: ViewState, isLive: boolean): number {
  const [seconds, setSeconds] = useState(0);
  const isOver = view.finished !== null || !isLive;
  useEffect(() => {
    setSeconds(0);
    if (isOver) {
      return undefined;
    }
    const from = performance.now();
    const timer = setInterval(() => setSeconds((performance.now() - from) / 1_000), 1_000);
    return () => clearInterval(timer);
  }, [view.seq, isOver]);
  return seconds;
}

/** What the prompt holds. A click takes what was gathered for it out of the next question, another puts it back. */
function Parts(props: {
  plan: ContextPlan;
  gathered: readonly string[];
  leftOut: readonly string[];
  actions: Actions | null;
}): JSX.Element {
  const t = useWords();
  const { plan, gathered, leftOut, actions } = props;
  const gone = leftOut.filter(name => !plan.kept.includes(name));
  return (
    <ul class="sc-parts">
      {plan.kept.map((name, index) => (
        <li key={index}>
          {actions && gathered.includes(name) ? (
            <Part name={name} isOut={leftOut.includes(name)} actions={actions} />
          ) : (
            <span>{oneLine(name, 60)}</span>
          )}
          {plan.sizes[index] !== undefined && <span class="sc-time">{grouped(plan.sizes[index])}</span>}
        </li>
      ))}
      {plan.dropped.map((item, index) => (
        <li key={`gone-${index}`} class="sc-faint">
          {t('not in it: %1 (%2)', oneLine(item.name, 60), droppedWords(item, t))}
        </li>
      ))}
      {actions &&
        gone.map(name => (
          <li key={`out-${name}`}>
            <Part name={name} isOut={true} actions={actions} />
          </li>
        ))}
    </ul>
  );
}

function Part({ name, isOut, actions }: { name: string; isOut: boolean; actions: Actions }): JSX.Element {
  const t = useWords();
  const shown = oneLine(name, 60);
  const title = isOut ? t('Put back: %1', shown) : t('Leave out of the next question: %1', shown);
  return (
    <button
      type="button"
      class={isOut ? 'sc-part sc-out' : 'sc-part'}
      aria-pressed={isOut}
      aria-label={title}
      title={title}
      onClick={() => actions.leaveOut(name, !isOut)}
    >
      {shown}
    </button>
  );
}
