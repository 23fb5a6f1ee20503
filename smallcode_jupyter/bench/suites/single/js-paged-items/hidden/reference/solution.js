/** All items of a paged source, one after the other. */
export async function* allItems(fetchPage) {
  let cursor = null;
  do {
    const { items, next } = await fetchPage(cursor);
    yield* items;
    cursor = next;
  } while (cursor !== null);
}

/** The first items of an async iterable. */
export async function* take(source, count) {
  let left = count;
  if (left <= 0) {
    return;
  }
  for await (const item of source) {
    yield item;
    left -= 1;
    if (left === 0) {
      return;
    }
  }
}

/** All items of an async iterable as an array. */
export async function collect(source) {
  const items = [];
  for await (const item of source) {
    items.push(item);
  }
  return items;
}
