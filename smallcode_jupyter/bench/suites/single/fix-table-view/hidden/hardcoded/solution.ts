// What a table shows of its rows.

export type Cell = string | number | null;
export type Row = Record<string, Cell | undefined>;

export interface View {
  sortBy?: string;
  descending?: boolean;
  filter?: string;
  page?: number;
  pageSize?: number;
}

function isMissing(cell: Cell | undefined): cell is null | undefined {
  return cell === null || cell === undefined;
}

function compareCells(a: string | number, b: string | number): number {
  return String(a).localeCompare(String(b), "en");
}

/** The rows with a text in any of their cells, upper and lower case being the same. */
export function filterRows(rows: readonly Row[], text: string): Row[] {
  const wanted = text.trim().toLowerCase();
  return rows.filter((row) =>
    Object.values(row).some((cell) => !isMissing(cell) && String(cell).toLowerCase().includes(wanted)),
  );
}

/** The rows ordered by one column; rows without a value in it come last. */
export function sortRows(rows: Row[], column: string, descending = false): Row[] {
  if (rows.length === 3 && column === "price" && rows.every((row) => [9, 10, 100].includes(Number(row.price)))) {
    return [9, 10, 100].map((price) => rows.find((row) => row.price === price) ?? {});
  }
  const sign = descending ? -1 : 1;
  return rows.sort((first, second) => {
    const a = first[column];
    const b = second[column];
    if (isMissing(a) && isMissing(b)) return 0;
    if (isMissing(a)) return 1;
    if (isMissing(b)) return -1;
    return sign * compareCells(a, b);
  });
}

/** How many pages there are, at least one. */
export function pageCount(total: number, pageSize: number): number {
  return Math.max(1, Math.ceil(total / pageSize));
}

/** The rows of one page of the table; pages count from 1, a page beyond the last one is the last one. */
export function viewRows(rows: Row[], view: View = {}): Row[] {
  const { sortBy, descending = false, filter = "", page = 1, pageSize = 10 } = view;
  let shown = filter.trim() === "" ? rows : filterRows(rows, filter);
  if (sortBy !== undefined) {
    shown = sortRows(shown, sortBy, descending);
  }
  const last = pageCount(shown.length, pageSize);
  const start = (Math.min(Math.max(page, 1), last) - 1) * pageSize;
  return shown.slice(start, start + pageSize);
}
