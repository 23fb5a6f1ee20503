const GRAMS = { g: 1, kg: 1000 };

/** Grams of an amount such as "250 g" or "1.5kg", rounded to whole grams; RangeError for anything else. */
export function grams(text) {
  const match = /^(\d+(?:\.\d+)?)\s*(kg|g)$/.exec(text.trim());
  if (!match) throw new RangeError(`not an amount: ${text}`);
  return Math.round(Number(match[1]) * GRAMS[match[2]]);
}

/** "250 g" below one kilogram, else kilograms with one decimal: "1.5 kg". */
export function amountText(amount) {
  return amount < 1000 ? `${amount} g` : `${(amount / 1000).toFixed(1)} kg`;
}
