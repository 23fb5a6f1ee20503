// What waits for a decision: the diff, the checks beside it, and the buttons with their keys.

import { JSX, RefObject } from 'preact';
import { Host, ALL } from '../host';
import { ChangeSet, CheckReport } from '../protocol';
import { later } from '../translate';
import { cellOf, MARKS, NEXT_CELL, place, verdict } from '../words';
import { FileDiff } from './diff';
import { Code, useWords } from './text';

/** A proposal. Without actions it is only shown. */
export function Proposal(props: {
  changes: ChangeSet;
  report: CheckReport | null;
  host: Host;
  section?: RefObject<HTMLElement>;
}): JSX.Element {
  const { changes, report, host, section } = props;
  const t = useWords();
  const { actions } = host;
  const files = changes.files.filter(file => file.before !== file.after);
  const code = cellOf(changes)?.after ?? null;
  return (
    <section class="sc-proposal" aria-label={t('Proposal')} tabIndex={-1} ref={section}>
      {report && <Checks report={report} />}
      {files.map(file => (
        <div key={file.path} class="sc-file">
          <div class="sc-file-head">
            <span class="sc-path">{place(file.path, t)}</span>
            {actions && files.length > 1 && (
              <span class="sc-buttons">
                <button
                  type="button"
                  class="sc-button"
                  onClick={() => actions.accept({ path: file.path, hunks: null })}
                >
                  {t('Accept file')}
                </button>
                <button
                  type="button"
                  class="sc-button"
                  onClick={() => actions.reject({ path: file.path, hunks: null })}
                >
                  {t('Reject file')}
                </button>
              </span>
            )}
          </div>
          <FileDiff
            change={file}
            actions={
              actions && file.path !== NEXT_CELL
                ? {
                    accept: hunk => actions.accept({ path: file.path, hunks: [hunk] }),
                    reject: hunk => actions.reject({ path: file.path, hunks: [hunk] })
                  }
                : null
            }
          />
        </div>
      ))}
      {actions && (
        <div class="sc-decide">
          <button
            type="button"
            class="sc-button sc-main"
            aria-keyshortcuts="A"
            onClick={() => actions.accept(ALL)}
          >
            {code !== null ? t('Accept and run') : t('Accept all')} <kbd aria-hidden="true">A</kbd>
          </button>
          <button type="button" class="sc-button" aria-keyshortcuts="D" onClick={() => actions.reject(ALL)}>
            {t('Discard')} <kbd aria-hidden="true">D</kbd>
          </button>
          {code !== null && (
            <button type="button" class="sc-button" aria-keyshortcuts="E" onClick={() => actions.edit(code)}>
              {host.hasCells ? t('Edit in a cell') : t('Copy')} <kbd aria-hidden="true">E</kbd>
            </button>
          )}
        </div>
      )}
    </section>
  );
}

/** The verdicts on the proposal; output folded under each. */
function Checks({ report }: { report: CheckReport }): JSX.Element {
  const t = useWords();
  if (!report.results.length) {
    return <p class="sc-prose sc-faint">{t('Nothing here could check it.')}</p>;
  }
  return (
    <ul class="sc-checks" aria-label={t('Checks')}>
      {report.results.map((result, index) => {
        const text = result.display || result.detail;
        const words = `${verdict(result, t)} ${place(result.target, t)}`;
        const status = <span class="sc-hidden">{t(STATUS[result.status])}</span>;
        return (
          <li key={index} class={`sc-check sc-${result.status}`} data-mark={MARKS[result.status]}>
            {text.trim() ? (
              <details>
                <summary>
                  {words} {status}
                </summary>
                <Code text={text} label={words} />
              </details>
            ) : (
              <span>
                {words} {status}
              </span>
            )}
          </li>
        );
      })}
    </ul>
  );
}

const STATUS = { passed: later('passed'), failed: later('failed'), unchecked: later('not checked') };
