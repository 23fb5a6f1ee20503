/** A function that calls `fn` once things have been quiet for `wait` milliseconds of the clock. */
export function debounce(fn, wait, clock) {
  let timer = null;
  let latest = [];

  function cancel() {
    if (timer !== null) {
      clock.clearTimeout(timer);
      timer = null;
    }
  }

  function flush() {
    if (timer === null) {
      return undefined;
    }
    cancel();
    return fn(...latest);
  }

  function debounced(...args) {
    cancel();
    latest = args;
    timer = clock.setTimeout(() => {
      timer = null;
      fn(...latest);
    }, wait);
  }

  debounced.pending = () => timer !== null;
  debounced.cancel = cancel;
  debounced.flush = flush;
  return debounced;
}
