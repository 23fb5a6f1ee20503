/** All items of a paged source, one after the other. */
export async function* allItems(fetchPage) {
  throw new Error("not implemented");
}

/** The first items of an async iterable. */
export async function* take(source, count) {
  throw new Error("not implemented");
}

/** All items of an async iterable as an array. */
export async function collect(source) {
  throw new Error("not implemented");
}
