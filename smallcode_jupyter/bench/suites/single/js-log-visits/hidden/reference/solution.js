/** The times cut into visits: a new one starts after more than `gap` minutes. */
export function splitVisits(times, gap) {
  const visits = [];
  for (const [index, time] of times.entries()) {
    if (index > 0 && time - times[index - 1] <= gap) {
      visits[visits.length - 1].push(time);
    } else {
      visits.push([time]);
    }
  }
  return visits;
}
