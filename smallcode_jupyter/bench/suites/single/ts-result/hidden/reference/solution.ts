/** What came of something that may fail. */
export type Result<T, E> = { ok: true; value: T } | { ok: false; error: E };

/** The prices of the lines, or what is wrong with them. */
export function parsePrices(lines: readonly string[]): Result<number[], string[]> {
  const prices: number[] = [];
  const errors: string[] = [];
  lines.forEach((line, index) => {
    if (line.trim() === "") {
      return;
    }
    const price = Number(line);
    if (Number.isNaN(price)) {
      errors.push(`${index + 1}: ${line}`);
    } else {
      prices.push(price);
    }
  });
  return errors.length > 0 ? { ok: false, error: errors } : { ok: true, value: prices };
}
