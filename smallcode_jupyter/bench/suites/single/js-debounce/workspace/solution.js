/** A function that calls `fn` once, after `wait` milliseconds of the clock without another call. */
export function debounce(fn, wait, clock) {
  throw new Error("not implemented");
}
