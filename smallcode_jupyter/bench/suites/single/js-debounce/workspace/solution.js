/** A function that calls `fn` once things have been quiet for `wait` milliseconds of the clock. */
export function debounce(fn, wait, clock) {
  throw new Error("not implemented");
}
