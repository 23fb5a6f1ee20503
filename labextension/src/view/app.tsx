// The whole view: the thread, what waits for a decision, the field for words.

import { JSX, render, RefObject } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { ALL, Host, Store } from '../host';
import { readTrace } from '../codec';
import { foldAll } from '../model';
import { plain } from '../plain';
import { ShownRun, Thread } from '../thread';
import { later } from '../translate';
import { cellOf, grouped, kernelWords } from '../words';
import { Composer } from './composer';
import { Proposal } from './proposal';
import { Run } from './run';
import { Settings } from './settings';
import { useWords, Words } from './text';

const NONE: readonly string[] = [];

/** Show a thread in an element until the returned function is called. */
export function mountPanel(element: HTMLElement, store: Store, host: Host): () => void {
  render(
    <Words.Provider value={host.t}>
      <Panel store={store} host={host} />
    </Words.Provider>,
    element
  );
  return () => render(null, element);
}

/** Show a saved trace in an element: nothing in it can be clicked into action. */
export function mountTrace(element: HTMLElement, saved: unknown, host: Host): () => void {
  const { envelopes, refused } = readTrace(saved);
  const view = foldAll(envelopes, host.t);
  render(
    <Words.Provider value={host.t}>
      <div class="sc-root sc-saved">
        {envelopes.length > 0 && <Run view={view} leftOut={NONE} actions={null} />}
        {view.changes && <Proposal changes={view.changes} report={view.report} host={host} />}
        {view.changes && (
          <p class="sc-faint">
            {host.t('While its kernel runs: decide in the panel, or with %smallcode accept or reject.')}
          </p>
        )}
        {refused > 0 && (
          <p class="sc-faint">{host.t('%1 entries of this trace are not understood.', refused)}</p>
        )}
      </div>
    </Words.Provider>,
    element
  );
  return () => render(null, element);
}

function useThread(store: Store): Thread {
  const [, redraw] = useState(0);
  useEffect(() => {
    redraw(count => count + 1);
    return store.listen(() => redraw(count => count + 1));
  }, [store]);
  return store.thread;
}

function Panel({ store, host }: { store: Store; host: Host }): JSX.Element {
  const t = useWords();
  const thread = useThread(store);
  const root = useRef<HTMLDivElement>(null);
  const proposal = useRef<HTMLElement>(null);
  const { actions } = host;
  const waiting = thread.connection === 'ready' ? thread.pending : null;
  useKeptInSight(root, thread);
  useFocusOnProposal(root, proposal, thread);
  const last = thread.runs[thread.runs.length - 1];
  return (
    <div class="sc-root" ref={root} onKeyDown={event => onKey(event, thread, host, proposal)}>
      <div class="sc-thread" data-thread>
        {!thread.runs.length && thread.sent === null && <Welcome />}
        {thread.folded_runs > 0 && (
          <p class="sc-faint">{t('%1 earlier runs', grouped(thread.folded_runs))}</p>
        )}
        {thread.runs.map(run => (
          <div key={run.view.run} class="sc-block">
            <Run
              view={run.view}
              leftOut={run === last ? thread.leftOut : NONE}
              actions={run === last ? actions : null}
            />
            {run.view.changes && run.view.changes !== waiting && run.view.finished && run !== last && (
              <details class="sc-old">
                <summary>{t('What was proposed')}</summary>
                <Proposal
                  changes={run.view.changes}
                  report={run.view.report}
                  host={{ ...host, actions: null }}
                />
              </details>
            )}
            {run.view.finished && <Afterwards run={run} host={host} canUndo={run === last && !waiting} />}
          </div>
        ))}
        {thread.sent !== null && (
          <div class="sc-run">
            <div class="sc-asked">{plain(thread.sent)}</div>
            <p class="sc-faint">
              {thread.isCellRunning
                ? t('The kernel runs a cell; this comes next.')
                : t('On its way to the kernel …')}
            </p>
          </div>
        )}
        {waiting && !thread.isRunning && (
          <Proposal
            changes={waiting}
            report={last?.view.changes?.id === waiting.id ? last.view.report : null}
            host={host}
            section={proposal}
          />
        )}
        {last?.view.asked && actions && thread.isRunning && (
          <Question asked={last.view.asked} answer={choice => actions.answer(choice)} />
        )}
      </div>
      <Status thread={thread} host={host} />
      {actions && <Composer thread={thread} actions={actions} />}
      {actions && <Settings settings={thread.settings} root={thread.root} actions={actions} />}
    </div>
  );
}

function Welcome(): JSX.Element {
  const t = useWords();
  return (
    <p class="sc-prose sc-faint">
      {t('Say in plain words what you want. Nothing changes before you have seen and accepted it.')}
    </p>
  );
}

/** The question that the run waits for. */
function Question(props: {
  asked: { readonly question: string; readonly choices: readonly string[] };
  answer: (choice: string) => void;
}): JSX.Element {
  const t = useWords();
  return (
    <div class="sc-question" role="group" aria-label={t('Question')}>
      <p class="sc-prose">{plain(props.asked.question)}</p>
      <span class="sc-buttons">
        {props.asked.choices.map(choice => (
          <button key={choice} type="button" class="sc-button" onClick={() => props.answer(choice)}>
            {plain(choice)}
          </button>
        ))}
      </span>
    </div>
  );
}

/** What can be done with a run that has ended. */
function Afterwards(props: { run: ShownRun; host: Host; canUndo: boolean }): JSX.Element | null {
  const t = useWords();
  const { run, canUndo } = props;
  const { actions } = props.host;
  if (!actions) {
    return null;
  }
  return (
    <div class="sc-after">
      <button type="button" class="sc-link" onClick={() => save(run)}>
        {t('Save the trace')}
      </button>
      {actions.pin && (
        <button type="button" class="sc-link" onClick={() => actions.pin?.(run)}>
          {t('Pin to notebook')}
        </button>
      )}
      {canUndo && run.view.finished?.outcome !== 'answered' && (
        <button type="button" class="sc-link" onClick={() => actions.undo()}>
          {t('Undo files')}
        </button>
      )}
    </div>
  );
}

/** Let the browser save the run's events, one a line, as the trace file has them. */
function save(run: ShownRun): void {
  const lines = run.envelopes.map(envelope => `${JSON.stringify(envelope)}\n`);
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob(lines, { type: 'application/x-ndjson' }));
  link.download = `smallcode-${run.view.run}.jsonl`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1_000);
}

const CONNECTIONS = {
  none: later('Open a notebook with a Python kernel to begin.'),
  connecting: later('Connecting to the kernel …'),
  waiting: later('The kernel runs a cell; the panel connects after it.'),
  ready: '',
  missing: later('This kernel has no SmallCode.'),
  lost: later('The kernel is gone.')
} as const;

/** How things stand, in words; steps and outcomes are announced, pieces of answers are not. */
function Status({ thread, host }: { thread: Thread; host: Host }): JSX.Element {
  const t = useWords();
  const last = thread.runs[thread.runs.length - 1]?.view;
  const step = last?.steps[last.steps.length - 1];
  const words = CONNECTIONS[thread.connection];
  const rerun = host.actions?.rerun;
  const announced = last?.finished ? last.finished.reason : thread.isRunning && step ? step.words : '';
  return (
    <div class="sc-status">
      <div class="sc-hidden" role="status" aria-live="polite" data-live>
        {announced}
      </div>
      {thread.told && (
        <div class={`sc-told sc-${thread.told.level}`} role="status">
          {plain(kernelWords(thread.told.text, t))}
        </div>
      )}
      {rerun && thread.dependents.length > 0 && (
        <span class="sc-buttons">
          <button type="button" class="sc-button" onClick={() => rerun(thread.dependents)}>
            {t('Run the cells that used it again')}
          </button>
        </span>
      )}
      {words && host.actions && (
        <div class="sc-told" role="status">
          {t(words)} {thread.reason}
        </div>
      )}
    </div>
  );
}

/** Keep the end in sight while it grows, unless the person has scrolled up. */
function useKeptInSight(root: RefObject<HTMLDivElement>, thread: Thread): void {
  const wasAtEnd = useRef(true);
  const box = root.current?.querySelector<HTMLElement>('[data-thread]');
  if (box) {
    wasAtEnd.current = box.scrollHeight - box.scrollTop - box.clientHeight < 40;
  }
  useLayoutEffect(() => {
    const now = root.current?.querySelector<HTMLElement>('[data-thread]');
    if (now && wasAtEnd.current) {
      now.scrollTop = now.scrollHeight;
    }
  }, [thread]);
}

/**
 * When a proposal comes and the person is in the panel, its keys should work at once. Where the focused element is
 * gone, the focus goes to what is left of the proposal, or back to the field.
 */
function useFocusOnProposal(
  root: RefObject<HTMLDivElement>,
  proposal: RefObject<HTMLElement>,
  thread: Thread
): void {
  const pending = thread.isRunning ? null : thread.pending;
  const before = useRef<string | null>(null);
  useEffect(() => {
    const active = document.activeElement;
    const isLost = active === null || active === document.body;
    const isWriting = active instanceof HTMLTextAreaElement && active.value !== '';
    const isHere = isLost || root.current?.contains(active);
    if (pending && pending.id !== before.current) {
      if (isHere && !isWriting) {
        proposal.current?.focus({ preventScroll: true });
      }
    } else if (isLost && before.current !== null) {
      const next = proposal.current?.querySelector<HTMLElement>('[data-hunk]') ?? proposal.current;
      (next ?? root.current?.querySelector('textarea'))?.focus({ preventScroll: true });
    }
    before.current = pending?.id ?? null;
  }, [pending]);
}

/** The keys of a proposal: A, D, E for all of it, j and k between hunks, y and n for one. */
function onKey(
  event: JSX.TargetedKeyboardEvent<HTMLDivElement>,
  thread: Thread,
  host: Host,
  proposal: RefObject<HTMLElement>
): void {
  const target = event.target as HTMLElement;
  const { actions } = host;
  const section = proposal.current;
  const isTyping = /^(TEXTAREA|INPUT|SELECT)$/.test(target.tagName);
  if (!actions || !section || !thread.pending || isTyping) {
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey) {
    return;
  }
  const code = cellOf(thread.pending)?.after ?? null;
  const hunks = Array.from(section.querySelectorAll<HTMLElement>('[data-hunk]'));
  const current = hunks.findIndex(hunk => hunk.contains(document.activeElement));
  const press = (key: string): void =>
    hunks[Math.max(0, current)]?.querySelector<HTMLElement>(`[data-key="${key}"]`)?.click();
  const keys: { readonly [key: string]: () => void } = {
    a: () => actions.accept(ALL),
    d: () => actions.reject(ALL),
    e: () => code !== null && actions.edit(code),
    j: () => hunks[Math.min(hunks.length - 1, current + 1)]?.focus(),
    k: () => hunks[Math.max(0, current - 1)]?.focus(),
    y: () => press('y'),
    n: () => press('n')
  };
  const action = keys[event.key.toLowerCase()];
  if (action) {
    event.preventDefault();
    event.stopPropagation();
    action();
  }
}
