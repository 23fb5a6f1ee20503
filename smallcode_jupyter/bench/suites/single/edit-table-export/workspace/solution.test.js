import assert from "node:assert/strict";
import { test } from "node:test";

import { cellText, columnsOf, exportRows, fileName } from "./solution.js";

test("csv", () => {
  const rows = [{ name: "Ada", note: 'says "hi", twice' }, { name: "Ben", age: 7 }];
  assert.deepEqual(columnsOf(rows), ["name", "note", "age"]);
  assert.equal(exportRows(rows), 'name,note,age\nAda,"says ""hi"", twice",\nBen,,7\n');
});

test("columns and header", () => {
  assert.equal(exportRows([{ a: 1, b: 2 }], { columns: ["b"], header: false }), "2\n");
});

test("cells", () => {
  assert.equal(cellText(new Date("2025-03-01T10:00:00Z")), "2025-03-01");
  assert.equal(cellText(null), "");
});

test("file names", () => {
  assert.equal(fileName(" Sales, March "), "sales-march.csv");
});
