/** The items of all pages of a source. */
export async function allItems(fetchPage) {
  const found = [];
  let more = true;
  for (let number = 1; more; number++) {
    const { items, hasMore } = await fetchPage(number);
    found.push(...items);
    more = hasMore;
  }
  return found;
}
