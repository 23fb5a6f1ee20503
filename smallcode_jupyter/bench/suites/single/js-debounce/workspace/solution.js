/** Calls `fn` once, after `wait` milliseconds without another call: { call, cancel }. */
export function debounce(fn, wait) {
  throw new Error("not implemented");
}
