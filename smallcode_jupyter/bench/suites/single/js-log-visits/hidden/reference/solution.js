/** The visits that page events make up, by start and user. */
export function groupVisits(events, gapMinutes = 30) {
  const sorted = [...events].sort((a, b) => Date.parse(a.time) - Date.parse(b.time));
  const current = new Map();
  const visits = [];
  for (const { user, time, page } of sorted) {
    let visit = current.get(user);
    if (!visit || Date.parse(time) - Date.parse(visit.end) > gapMinutes * 60_000) {
      visit = { user, start: time, end: time, pages: [] };
      current.set(user, visit);
      visits.push(visit);
    }
    visit.end = time;
    if (visit.pages.at(-1) !== page) {
      visit.pages.push(page);
    }
  }
  return visits.sort(
    (a, b) => Date.parse(a.start) - Date.parse(b.start) || (a.user < b.user ? -1 : a.user > b.user ? 1 : 0),
  );
}
