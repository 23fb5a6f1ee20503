// Every sentence for the person goes through a `Translate`: the English text with %1, %2, … for what is put into it.

/** `t('read %1', path)`. */
export type Translate = (text: string, ...values: (string | number)[]) => string;

/** English text -> text of another language. */
export type Catalogue = { readonly [english: string]: string };

/** Sentences from a catalogue; English where it has none. */
export function translator(catalogue: Catalogue = {}): Translate {
  return (text, ...values) =>
    (Object.prototype.hasOwnProperty.call(catalogue, text) ? catalogue[text] : text).replace(
      /%(\d)/g,
      (mark, digit) => String(values[Number(digit) - 1] ?? mark)
    );
}

/** Sentences as they are written in the source. */
export const english = translator();

/** Marks a sentence that is translated later, where it is shown. */
export function later(text: string): string {
  return text;
}
