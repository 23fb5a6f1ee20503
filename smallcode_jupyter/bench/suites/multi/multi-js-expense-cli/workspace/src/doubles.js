/** Finds what may have been typed twice. */

/** Entries that equal an earlier one in date, category and amount. */
export function doubles(entries) {
  const seen = new Set();
  return entries.filter((entry) => {
    const key = `${entry.date} ${entry.category} ${entry.cents}`;
    const isKnown = seen.has(key);
    seen.add(key);
    return isKnown;
  });
}
