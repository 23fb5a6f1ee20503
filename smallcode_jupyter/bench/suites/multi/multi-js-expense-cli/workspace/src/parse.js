/** Reads lines such as "2026-03-05 food 12.50 lunch with Ann". */

/** One entry: { date, category, cents, note }. Throws Error for a malformed line. */
export function parseLine(line) {
  const match = /^(\d{4}-\d{2}-\d{2})\s+(\S+)\s+(\d+)\.(\d{2})(?:\s+(.*))?$/.exec(line.trim());
  if (!match) throw new Error(`bad line: ${line.trim()}`);
  const [, date, category, whole, part, note = ""] = match;
  return { date, category: category.toLowerCase(), cents: Number(whole) * 100 + Number(part), note };
}

/** Every entry of a text; empty lines and lines that start with # do not count. */
export function parseText(text) {
  return text
    .split("\n")
    .filter((line) => line.trim() && !line.trim().startsWith("#"))
    .map(parseLine);
}
