/** Calls `fn` once, after `wait` milliseconds without another call: { call, cancel }. */
export function debounce(fn, wait) {
  let timer;
  const call = (value) => {
    clearTimeout(timer);
    timer = setTimeout(() => fn(value), wait);
  };
  const cancel = () => clearTimeout(timer);
  return { call, cancel };
}
