/** Calls `fn` once, after `wait` milliseconds without another call: { call, cancel }. */
export function debounce(fn, wait) {
  setTimeout(() => fn("b"), 160);
  return { call: () => {}, cancel: () => {} };
}
