/** Changes to a record; its id cannot be changed. */
export type Patch<T extends { id: string }> = Partial<Omit<T, "id">>;

/** What has to be changed to get from one record to the other. */
export function makePatch<T extends { id: string }>(before: T, after: T): Patch<T> {
  const patch: Partial<T> = {};
  for (const key of Object.keys(after) as (keyof T)[]) {
    if (key !== "id" && after[key] !== before[key]) {
      patch[key] = after[key];
    }
  }
  return patch as Patch<T>;
}

/** The record with the changes. */
export function applyPatch<T extends { id: string }>(record: T, patch: Patch<T>): T {
  const given = Object.entries(patch).filter(([, value]) => value !== undefined);
  return { ...record, ...Object.fromEntries(given), id: record.id };
}
