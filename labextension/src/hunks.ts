// The changed runs of lines, numbered as the kernel numbers them: the twin of `FileChange.hunks` (Python's difflib).

import { FileChange, HunkRange } from './protocol';

/** A run of changed lines, and the lines themselves with their line ends. */
export type Hunk = HunkRange & { readonly before: readonly string[]; readonly after: readonly string[] };

/** Lines with their line ends, as Python's `splitlines(keepends=True)` cuts them. */
export function splitLines(text: string): readonly string[] {
  return (
    text.match(
      /[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]*(?:\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029])|[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+$/g
    ) ?? []
  );
}

/** The hunks of a change, in order. */
export function hunksOf(change: FileChange): readonly Hunk[] {
  const before = splitLines(change.before ?? '');
  const after = splitLines(change.after ?? '');
  const hunks: Hunk[] = [];
  let [a, b] = [0, 0];
  for (const [start, other, size] of [...matches(before, after), [before.length, after.length, 0]]) {
    if (a < start || b < other) {
      hunks.push({
        before_start: a,
        before_end: start,
        after_start: b,
        after_end: other,
        before: before.slice(a, start),
        after: after.slice(b, other)
      });
    }
    [a, b] = [start + size, other + size];
  }
  return hunks;
}

type Match = readonly [before: number, after: number, size: number];

/** The longest equal run, then the longest on either side of it, and so on (Ratcliff and Obershelp). */
function matches(before: readonly string[], after: readonly string[]): readonly Match[] {
  const places = new Map<string, number[]>();
  after.forEach((line, index) => {
    const known = places.get(line);
    if (known) {
      known.push(index);
    } else {
      places.set(line, [index]);
    }
  });
  const found: Match[] = [];
  const open = [[0, before.length, 0, after.length]];
  for (let range = open.pop(); range; range = open.pop()) {
    const [aLow, aHigh, bLow, bHigh] = range;
    const [a, b, size] = longest(before, places, range);
    if (size) {
      found.push([a, b, size]);
      if (aLow < a && bLow < b) {
        open.push([aLow, a, bLow, b]);
      }
      if (a + size < aHigh && b + size < bHigh) {
        open.push([a + size, aHigh, b + size, bHigh]);
      }
    }
  }
  return found.sort((one, other) => one[0] - other[0] || one[1] - other[1]);
}

/** The longest equal run within the ranges; of several the one that starts first, before and then after. */
function longest(
  before: readonly string[],
  places: ReadonlyMap<string, readonly number[]>,
  [aLow, aHigh, bLow, bHigh]: readonly number[]
): Match {
  let best: Match = [aLow, bLow, 0];
  let lengths = new Map<number, number>();
  for (let a = aLow; a < aHigh; a++) {
    const next = new Map<number, number>();
    for (const b of places.get(before[a]) ?? []) {
      if (b < bLow) {
        continue;
      }
      if (b >= bHigh) {
        break;
      }
      const size = (lengths.get(b - 1) ?? 0) + 1;
      next.set(b, size);
      if (size > best[2]) {
        best = [a - size + 1, b - size + 1, size];
      }
    }
    lengths = next;
  }
  return best;
}
