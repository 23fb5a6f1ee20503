// The steps of a run: one line each, details folded under it.

import { JSX } from 'preact';
import { memo } from 'preact/compat';
import { useState } from 'preact/hooks';
import { plain } from '../plain';
import { Json } from '../protocol';
import { Detail, Exchange, Step } from '../state';
import { duration, grouped } from '../words';
import { Code, useWords } from './text';

/** All steps; those that the model has folded away are counted. */
export function Steps({ steps, folded }: { steps: readonly Step[]; folded: number }): JSX.Element | null {
  const t = useWords();
  if (!steps.length) {
    return null;
  }
  return (
    <ol class="sc-steps">
      {folded > 0 && <li class="sc-faint">{t('%1 earlier steps', grouped(folded))}</li>}
      {steps.map((step, index) => (
        <StepLine key={folded + index} step={step} />
      ))}
    </ol>
  );
}

/** Steps are never changed in place, so a line is drawn again only when its step is another. */
const StepLine = memo(function StepLine({ step }: { step: Step }): JSX.Element {
  const t = useWords();
  const [isOpen, setOpen] = useState(false);
  const time = step.status === 'running' || step.status === 'note' ? '' : duration(step.seconds);
  const line = (
    <>
      <span class="sc-icon" aria-hidden="true">
        {step.icon}
      </span>
      <span class="sc-words">
        {step.words}
        {step.status === 'running' && <span class="sc-dots"> …</span>}
        {step.status === 'failed' && <span class="sc-hidden"> ({t('failed')})</span>}
      </span>
      {time && <span class="sc-time">{time}</span>}
    </>
  );
  if (!step.details.length && !step.exchange) {
    return <li class={`sc-step sc-${step.status}`}>{line}</li>;
  }
  return (
    <li class={`sc-step sc-${step.status}`}>
      <button type="button" class="sc-fold" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        {line}
        <span class="sc-arrow" aria-hidden="true">
          {isOpen ? '▾' : '▸'}
        </span>
      </button>
      {isOpen && <Details step={step} />}
    </li>
  );
});

function Details({ step }: { step: Step }): JSX.Element {
  const { exchange } = step;
  const rest = exchange
    ? step.details.slice(Number(!!exchange.raw.trim()) + Number(!!exchange.reasoning.trim()))
    : step.details;
  return (
    <div class="sc-details">
      {exchange && <Beside exchange={exchange} />}
      {rest.map((detail, index) => (
        <One key={index} detail={detail} />
      ))}
    </div>
  );
}

function One({ detail }: { detail: Detail }): JSX.Element {
  return (
    <div>
      <div class="sc-faint">{detail.title}</div>
      {detail.text.trim() && <Code text={detail.text} label={detail.title} />}
    </div>
  );
}

function asJson(value: Json): string {
  try {
    return JSON.stringify(value);
  } catch {
    return '…'; // Nested deeper than the browser can write.
  }
}

/** What the model wrote, and beside it what the parser made of it. */
function Beside({ exchange }: { exchange: Exchange }): JSX.Element {
  const t = useWords();
  return (
    <div class="sc-beside">
      <div>
        {exchange.reasoning.trim() && (
          <>
            <div class="sc-faint">{t('Thinking')}</div>
            <Code text={exchange.reasoning} label={t('Thinking')} />
          </>
        )}
        <div class="sc-faint">{t('As the model wrote it')}</div>
        <Code text={exchange.raw} label={t('As the model wrote it')} />
      </div>
      {exchange.dialect && (
        <div>
          <div class="sc-faint">{t('Understood as %1', exchange.dialect)}</div>
          {exchange.calls.map(call => (
            <div key={call.id} class="sc-call">
              <b>{plain(call.name)}</b>
              <dl>
                {Object.entries(call.arguments).map(([name, value]) => [
                  <dt key={`${name}-name`}>{plain(name)}</dt>,
                  <dd key={name}>
                    <Code text={typeof value === 'string' ? value : asJson(value)} label={plain(name)} />
                  </dd>
                ])}
              </dl>
            </div>
          ))}
          {!exchange.calls.length && <p class="sc-prose">{t('No call: words only.')}</p>}
        </div>
      )}
    </div>
  );
}
