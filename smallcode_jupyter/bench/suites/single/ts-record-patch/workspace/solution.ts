/** The properties of `after` that are not as they were before. */
export function changedFields<T extends object>(before: T, after: T): Partial<T> {
  throw new Error("not implemented");
}
