/** A function that calls `fn` once, after `wait` milliseconds of the clock without another call. */
export function debounce(fn, wait, clock) {
  let timer;
  return (...args) => {
    clock.stop(timer);
    timer = clock.start(() => fn(...args), wait);
  };
}
