/**
 * A function that calls `fn` once, after `wait` milliseconds without another call.
 * It has a method `cancel()`.
 */
export function debounce(fn, wait) {
  let timer;
  const debounced = (...args) => {
    clearTimeout(timer);
    timer = setTimeout(() => fn(...args), wait);
  };
  debounced.cancel = () => clearTimeout(timer);
  return debounced;
}
