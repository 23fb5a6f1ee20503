/**
 * A function that calls `fn` once, after `wait` milliseconds without another call.
 * It has a method `cancel()`.
 */
export function debounce(fn, wait) {
  throw new Error("not implemented");
}
