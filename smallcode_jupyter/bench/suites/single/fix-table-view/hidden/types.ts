import { type Cell, filterRows, pageCount, type Row, sortRows, type View, viewRows } from "./solution";

const rows: Row[] = [{ name: "a", price: 1 }, { name: null }];
const cell: Cell = null;
const view: View = { sortBy: "price", descending: true, filter: "a", page: 1, pageSize: 5 };
export const shown: Row[] = viewRows(rows, view);
export const all: Row[] = viewRows(rows);
export const sorted: Row[] = sortRows(rows, "name");
export const found: Row[] = filterRows(rows, "a");
export const pages: number = pageCount(3, 2);
export const first: Cell | undefined = cell ?? shown[0].name;
// @ts-expect-error a column is a text
viewRows(rows, { sortBy: 1 });
