/** Changes to a record; its id cannot be changed. */
export type Patch<T extends { id: string }> = unknown;

/** What has to be changed to get from one record to the other. */
export function makePatch<T extends { id: string }>(before: T, after: T): Patch<T> {
  throw new Error("not implemented");
}

/** The record with the changes. */
export function applyPatch<T extends { id: string }>(record: T, patch: Patch<T>): T {
  throw new Error("not implemented");
}
