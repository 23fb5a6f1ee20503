/** Lines of text for the terminal. */

/** "12.50" for 1250. */
export function money(cents) {
  return `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, "0")}`;
}

/** One entry, e.g. "2026-03-05      12.50  food  lunch". */
export function entryRow(entry) {
  return `${entry.date} ${money(entry.cents).padStart(10)}  ${entry.category}  ${entry.note}`.trimEnd();
}

/** The last line of a listing. */
export function totalRow(cents) {
  return `total ${money(cents)}`;
}

/** "food 20.00". */
export function categoryRow({ category, cents }) {
  return `${category} ${money(cents)}`;
}
