/** The times cut into visits: a new one starts after more than `gap` minutes. */
export function splitVisits(times, gap) {
  throw new Error("not implemented");
}
