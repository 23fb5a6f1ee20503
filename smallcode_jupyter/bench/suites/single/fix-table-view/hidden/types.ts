import { filterRows, pageRows, type Row, sortRows } from "./solution";

const rows: Row[] = [{ name: "a", price: 1 }, { name: "b" }];
export const sorted: Row[] = sortRows(rows, "name");
export const back: Row[] = sortRows(rows, "name", true);
export const found: Row[] = filterRows(rows, "a");
export const page: Row[] = pageRows(rows, 1, 2);
// @ts-expect-error a column is a text
sortRows(rows, 1);
