/** Lists of items by key. */
export function groupBy<T, K>(items: readonly T[], keyOf: (item: T) => K): Map<K, T[]> {
  throw new Error("not implemented");
}

/** Keys with the sums of their amounts, the largest first. */
export function totalsBy<T, K>(
  items: readonly T[],
  keyOf: (item: T) => K,
  amountOf: (item: T) => number,
): [K, number][] {
  throw new Error("not implemented");
}
