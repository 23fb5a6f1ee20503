// Where the person writes: words, what they are for, the two different stops.

import { JSX } from 'preact';
import { useId, useRef, useState } from 'preact/hooks';
import { Actions } from '../host';
import { oneLine } from '../plain';
import { Run } from '../protocol';
import { Thread } from '../thread';
import { later, Translate } from '../translate';
import { useWords } from './text';

const POLICIES = ['ask', 'trial', 'auto', 'plan'] as const;
const MENTION = /@([\w.:/-]*)$/;

/** The field for words, with history (arrow up in an empty field) and completion after `@`. */
export function Composer({ thread, actions }: { thread: Thread; actions: Actions }): JSX.Element {
  const t = useWords();
  const field = useRef<HTMLTextAreaElement>(null);
  const [words, setWords] = useState('');
  const [surface, setSurface] = useState<Run['surface']>('notebook');
  const [past, setPast] = useState(-1);
  const names = useNames(actions, setWords, field);
  const isBusy = thread.isRunning || thread.sent !== null;
  const canSend = thread.connection === 'ready' && !isBusy && words.trim() !== '';

  const setting = (name: string): string =>
    thread.settings.find(setting => setting.name === name)?.value ?? '';
  const send = (): void => {
    if (canSend) {
      actions.run({ words: words.trim(), surface, policy: null });
      setWords('');
      setPast(-1);
      names.close();
    }
  };
  const recall = (step: number): void => {
    const said = thread.runs.map(run => run.view.words).reverse();
    const next = Math.max(-1, Math.min(said.length - 1, past + step));
    setPast(next);
    setWords(next < 0 ? '' : said[next]);
  };
  const onKeyDown = (event: JSX.TargetedKeyboardEvent<HTMLTextAreaElement>): void => {
    if (names.onKeyDown(event) || event.isComposing) {
      return;
    }
    const isRecalling = words === '' || past >= 0;
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      send();
    } else if (isRecalling && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
      event.preventDefault();
      recall(event.key === 'ArrowUp' ? 1 : -1);
    }
  };

  return (
    <form
      class="sc-composer"
      onSubmit={event => {
        event.preventDefault();
        send();
      }}
    >
      {names.list}
      <textarea
        ref={field}
        class="sc-field"
        rows={3}
        value={words}
        placeholder={t('What should be done? @ names a variable or cell.')}
        aria-label={t('What should be done?')}
        {...names.field}
        onInput={event => {
          setWords(event.currentTarget.value);
          setPast(-1);
          names.look(event.currentTarget);
        }}
        onKeyDown={onKeyDown}
        onBlur={names.close}
      />
      <div class="sc-row">
        <select
          class="sc-select"
          aria-label={t('Where the result goes')}
          value={surface}
          onChange={event => setSurface(event.currentTarget.value as Run['surface'])}
        >
          <option value="notebook">{t('Next cell')}</option>
          <option value="files">{t('Files')}</option>
        </select>
        <Choice
          label={t('Model')}
          value={setting('model')}
          told={thread}
          options={modelOptions(thread, setting('model'), t)}
          look={() => actions.listModels()}
          choose={value => actions.set('model', value)}
        />
        <Choice
          label={t('Policy')}
          value={setting('policy')}
          told={thread}
          options={POLICIES.map(name => [name, t(POLICY_WORDS[name]), ''])}
          choose={value => actions.set('policy', value)}
        />
        {isBusy ? (
          <button type="button" class="sc-button sc-stop" onClick={() => actions.stop()}>
            {t('Stop the assistant')}
          </button>
        ) : (
          <button type="submit" class="sc-button sc-main" disabled={!canSend}>
            {t('Send')}
          </button>
        )}
        {thread.isCellRunning && actions.interrupt && (
          <button type="button" class="sc-button" onClick={() => actions.interrupt?.()}>
            {t('■ Interrupt the running cell')}
          </button>
        )}
      </div>
    </form>
  );
}

/** Value, words, and where it comes from. */
type Option = readonly [string, string, string];

/**
 * A setting that is chosen from a list; it holds from the next question on. While a run goes on the kernel takes it
 * only afterwards: until then it stands as it was chosen.
 */
function Choice(props: {
  label: string;
  value: string;
  options: readonly Option[];
  choose: (value: string) => void;
  /** What the kernel said last: what was chosen is over with its next word. */
  told: Pick<Thread, 'settings' | 'told'>;
  /** Called when the person is about to choose. */
  look?: () => void;
}): JSX.Element {
  const { settings, told } = props.told;
  const [chosen, setChosen] = useState<{ value: string; settings: unknown; told: unknown } | null>(null);
  const isDue = chosen !== null && chosen.settings === settings && chosen.told === told;
  const value = isDue ? chosen.value : props.value;
  return (
    <select
      class="sc-select"
      aria-label={props.label}
      value={value}
      onFocus={props.look}
      onMouseEnter={props.options.length > 1 ? undefined : props.look}
      onChange={event => {
        setChosen({ value: event.currentTarget.value, settings, told });
        props.choose(event.currentTarget.value);
      }}
    >
      {props.options.map(([name, words, title]) => (
        <option key={name} value={name} title={title} selected={name === value}>
          {words}
        </option>
      ))}
    </select>
  );
}

/** What is set, that nothing is set, and what was found. */
function modelOptions(thread: Thread, set: string, t: Translate): readonly Option[] {
  const found = thread.models.map(({ name, where }): Option => [name, oneLine(name, 60), where]);
  const isKnown = set === '' || thread.models.some(({ name }) => name === set);
  const known: readonly Option[] = isKnown ? [] : [[set, oneLine(set, 60), '']];
  return [['', t('Any model'), ''], ...known, ...found];
}

const POLICY_WORDS = {
  ask: later('Ask before commands'),
  trial: later('Try, then show'),
  auto: later('Accept what validated'),
  plan: later('Only read and plan')
} as const;

type Names = {
  readonly list: JSX.Element | null;
  readonly field: {
    readonly 'aria-autocomplete': 'list';
    readonly 'aria-controls': string | undefined;
    readonly 'aria-activedescendant': string | undefined;
  };
  look(field: HTMLTextAreaElement): void;
  close(): void;
  /** Whether the key was meant for the list. Enter after a name that is written out is not: it sends. */
  onKeyDown(event: KeyboardEvent): boolean;
};

/** The names that fit what stands after `@`. */
function useNames(
  actions: Actions,
  setWords: (words: string) => void,
  field: { readonly current: HTMLTextAreaElement | null }
): Names {
  const t = useWords();
  const [found, setFound] = useState<readonly string[]>([]);
  const [chosen, setChosen] = useState(0);
  const asked = useRef(0);
  const typed = useRef('');
  const id = useId();
  const close = (): void => {
    asked.current += 1;
    setFound([]);
  };
  const look = (area: HTMLTextAreaElement): void => {
    const mention = MENTION.exec(area.value.slice(0, area.selectionStart));
    if (!mention) {
      close();
      return;
    }
    const number = ++asked.current;
    typed.current = mention[1];
    void actions.complete(mention[1]).then(names => {
      if (number === asked.current) {
        setFound(names.slice(0, 8));
        setChosen(0);
      }
    });
  };
  const take = (name: string): void => {
    const area = field.current;
    if (area) {
      const head = area.value.slice(0, area.selectionStart).replace(MENTION, `@${name} `);
      setWords(head + area.value.slice(area.selectionStart));
    }
    close();
  };
  const onKeyDown = (event: KeyboardEvent): boolean => {
    if (!found.length) {
      return false;
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      setChosen((chosen + step + found.length) % found.length);
    } else if (event.key === 'Tab' || (event.key === 'Enter' && found[chosen] !== typed.current)) {
      take(found[chosen]);
    } else if (event.key === 'Escape') {
      close();
    } else {
      return false;
    }
    event.preventDefault();
    event.stopPropagation();
    return true;
  };
  const list = found.length ? (
    <ul class="sc-names" role="listbox" id={id} aria-label={t('Names')}>
      {found.map((name, index) => (
        <li
          key={name}
          id={`${id}-${index}`}
          role="option"
          aria-selected={index === chosen}
          onMouseDown={event => {
            event.preventDefault();
            take(name);
          }}
        >
          @{name}
        </li>
      ))}
    </ul>
  ) : null;
  const aria = {
    'aria-autocomplete': 'list',
    'aria-controls': found.length ? id : undefined,
    'aria-activedescendant': found.length ? `${id}-${chosen}` : undefined
  } as const;
  return { list, field: aria, look, close, onKeyDown };
}
