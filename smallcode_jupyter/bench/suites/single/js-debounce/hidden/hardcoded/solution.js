export function debounce(fn, wait) {
  setTimeout(() => fn("b"), 160);
  const save = () => {};
  save.cancel = () => {};
  return save;
}
