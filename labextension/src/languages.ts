// The languages that the view speaks.

import german from './locale/de.json';
import { translator, Translate } from './translate';

/** Sentences in the language of a code such as `de-DE` or `de_DE`; English where there is no other. */
export function languageOf(code = 'en'): Translate {
  return code.toLowerCase().startsWith('de') ? translator(german) : translator();
}
