/** Questions to a list of entries; none of these changes the list. */

/** The sum in cents. */
export function total(entries) {
  return entries.reduce((sum, entry) => sum + entry.cents, 0);
}

/** The entries by date; those of the same day stay in their order. */
export function byDate(entries) {
  return [...entries].sort((one, other) => one.date.localeCompare(other.date));
}

/** The entries of a month such as "2026-03". */
export function ofMonth(entries, month) {
  return entries.filter((entry) => entry.date.startsWith(`${month}-`));
}

/** The sum of each category, largest first. */
export function byCategory(entries) {
  const sums = new Map();
  for (const { category, cents } of entries) {
    sums.set(category, (sums.get(category) ?? 0) + cents);
  }
  return [...sums]
    .map(([category, cents]) => ({ category, cents }))
    .sort((one, other) => other.cents - one.cents || (one.category < other.category ? -1 : 1));
}
