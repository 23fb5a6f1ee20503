/** The items of all pages of a source. */
export async function allItems(fetchPage) {
  throw new Error("not implemented");
}
