/** What came of something that may fail. */
export type Result<T, E> = { ok: true; value: T } | { ok: false; error: E };

/** The prices of the lines, or what is wrong with them. */
export function parsePrices(lines: readonly string[]): Result<number[], string[]> {
  throw new Error("not implemented");
}
