/** Lists of items by key. */
export function groupBy<T, K>(items: readonly T[], keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) {
      group.push(item);
    } else {
      groups.set(key, [item]);
    }
  }
  return groups;
}

/** Keys with the sums of their amounts, the largest first. */
export function totalsBy<T, K>(
  items: readonly T[],
  keyOf: (item: T) => K,
  amountOf: (item: T) => number,
): [K, number][] {
  const totals = new Map<K, number>();
  for (const item of items) {
    const key = keyOf(item);
    totals.set(key, (totals.get(key) ?? 0) + amountOf(item));
  }
  return [...totals].sort((a, b) => b[1] - a[1]);
}
