/** The properties of `after` that are not as they were before. */
export function changedFields<T extends object>(before: T, after: T): Partial<T> {
  const changes: Partial<T> = {};
  for (const key of Object.keys(after) as (keyof T)[]) {
    if (after[key] !== before[key]) {
      changes[key] = after[key];
    }
  }
  return changes;
}
