/** What came of something that may fail. */
export type Result<T, E> = { ok: true; value: T } | { ok: false; error: E };

// attempt, mapResult, valueOr, partition
