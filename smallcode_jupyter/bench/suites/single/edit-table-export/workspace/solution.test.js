import assert from "node:assert/strict";
import { test } from "node:test";

import { cellText, exportRows, fileName } from "./solution.js";

test("csv", () => {
    const rows = [{ name: "Ada", note: 'says "hi", twice' }, { name: "Ben" }];
    assert.equal(exportRows(rows, ["name", "note"]), 'name,note\nAda,"says ""hi"", twice"\nBen,');
});

test("cells", () => {
    assert.equal(cellText(7), "7");
    assert.equal(cellText(null), "");
});

test("file names", () => {
    assert.equal(fileName(" Sales March "), "sales-march.csv");
});
