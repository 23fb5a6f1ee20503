// One run: the words, the steps, what is being written, the plan, the answer, how it ended.

import { JSX } from 'preact';
import { memo } from 'preact/compat';
import { Actions } from '../host';
import { plain } from '../plain';
import { ViewState } from '../state';
import { outcomeWords } from '../words';
import { Meter } from './meter';
import { Steps } from './steps';
import { Prose, useWords } from './text';

/** A run as it is now. With actions, parts of its context can be taken out of the next one's. */
export const Run = memo(function Run(props: {
  view: ViewState;
  leftOut: readonly string[];
  actions: Actions | null;
}): JSX.Element {
  const t = useWords();
  const { view, leftOut, actions } = props;
  const { finished } = view;
  return (
    <article class="sc-run" aria-label={t('Run')}>
      {view.words && <div class="sc-asked">{plain(view.words)}</div>}
      <Steps steps={view.steps} folded={view.folded_steps} />
      <Plan view={view} />
      <Stream view={view} />
      {finished?.answer.trim() && <Prose text={finished.answer} />}
      {finished && <div class={`sc-outcome sc-${finished.outcome}`}>{outcomeWords(finished, t)}</div>}
      <Meter view={view} leftOut={leftOut} actions={actions} />
    </article>
  );
});

function Plan({ view }: { view: ViewState }): JSX.Element | null {
  const t = useWords();
  if (!view.plan.length) {
    return null;
  }
  return (
    <ul class="sc-plan" aria-label={t('Plan')}>
      {view.plan.slice(0, 50).map((step, index) => (
        <li key={index}>
          <span aria-hidden="true">{step.is_done ? '☑' : '☐'}</span> {plain(step.words)}
          <span class="sc-hidden"> {step.is_done ? t('done') : t('to do')}</span>
        </li>
      ))}
    </ul>
  );
}

/** The last lines of the answer being written. Not announced: the steps are. */
function Stream({ view }: { view: ViewState }): JSX.Element | null {
  const text = view.stream.trim() ? view.stream : view.reasoning;
  if (!text.trim() || view.finished) {
    return null;
  }
  const tail = plain(text.slice(-2_000)).trimEnd().split('\n').slice(-12).join('\n');
  return <pre class="sc-code sc-stream">{tail}</pre>;
}
