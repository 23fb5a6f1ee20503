// Small pieces that every part of the view uses. Foreign text only ever becomes text nodes.

import { createContext, JSX } from 'preact';
import { useContext } from 'preact/hooks';
import { plain } from '../plain';
import { english, Translate } from '../translate';
import { blocks, cut } from '../words';

export const Words = createContext<Translate>(english);

/** The translator of this view. */
export function useWords(): Translate {
  return useContext(Words);
}

const LONGEST_CODE = 60_000;

/** Code or output as it is. */
export function Code({ text, label }: { text: string; label: string }): JSX.Element {
  const t = useWords();
  return (
    <pre class="sc-code" tabIndex={0} role="group" aria-label={label}>
      {plain(cut(text, LONGEST_CODE, t))}
    </pre>
  );
}

/** A model's words: prose, and fenced code as code. */
export function Prose({ text }: { text: string }): JSX.Element {
  const t = useWords();
  return (
    <>
      {blocks(cut(text, LONGEST_CODE, t)).map((block, index) =>
        block.isCode ? (
          <Code key={index} text={block.text} label={t('Code')} />
        ) : (
          <p key={index} class="sc-prose">
            {block.text}
          </p>
        )
      )}
    </>
  );
}
