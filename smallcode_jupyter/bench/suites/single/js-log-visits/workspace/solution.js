/** The visits that page events make up, by start and user. */
export function groupVisits(events, gapMinutes = 30) {
  throw new Error("not implemented");
}
