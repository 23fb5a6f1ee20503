// Every setting as it is in force, with where its value came from.

import { JSX } from 'preact';
import { memo } from 'preact/compat';
import { Actions } from '../host';
import { Setting } from '../protocol';
import { sourceWords } from '../words';
import { useWords } from './text';

/**
 * A table of settings; a changed value is for this kernel. Drawn again only when a setting changes: what is being
 * typed into it stays while a run goes on.
 */
export const Settings = memo(function Settings(props: {
  settings: readonly Setting[];
  root: string;
  actions: Actions;
}): JSX.Element | null {
  const t = useWords();
  if (!props.settings.length) {
    return null;
  }
  return (
    <details class="sc-settings">
      <summary>{t('Settings')}</summary>
      <p class="sc-faint">{t('Working in %1', props.root)}</p>
      {props.settings.map(setting => (
        <label key={setting.name} class="sc-setting">
          <span>{setting.name}</span>
          <input
            class="sc-field"
            type={setting.name.endsWith('_key') ? 'password' : 'text'}
            autocomplete="off"
            value={setting.value}
            onChange={event => {
              const wanted = event.currentTarget.value;
              // What is in force is shown: the kernel may refuse.
              event.currentTarget.value = setting.value;
              props.actions.set(setting.name, wanted);
            }}
          />
          <span class="sc-faint">{sourceWords(setting.source, t)}</span>
        </label>
      ))}
    </details>
  );
});
