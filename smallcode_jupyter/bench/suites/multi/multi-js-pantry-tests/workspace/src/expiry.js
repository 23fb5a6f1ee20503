/** Best-before dates, as ISO text. */

const DAY_MS = 86_400_000;

/** The goods ({ name, bestBefore }) that expire within some days from today on, or have expired, soonest first. */
export function expiring(goods, today, days) {
  const last = new Date(Date.parse(today) + days * DAY_MS).toISOString().slice(0, 10);
  return goods
    .filter((good) => good.bestBefore <= last)
    .sort((one, other) => one.bestBefore.localeCompare(other.bestBefore));
}
