import assert from "node:assert/strict";
import test from "node:test";

import { main } from "../src/main.js";

const TEXT = "# spring\n2026-03-05 food 12.50 lunch\n2026-04-01 rent 700.00\n2026-03-02 Food 7.50 bread\n2026-03-09 bus 20.00\n";

test("total", () => {
  assert.equal(main(["total"], TEXT), "740.00");
});

test("list", () => {
  assert.equal(main(["list"], "2026-03-05 food 12.50 lunch\n"), "2026-03-05      12.50  food  lunch\ntotal 12.50");
});

test("csv", () => {
  const text = main(["csv"], '2026-03-05 food 12.50 "big" lunch\n');
  assert.equal(text, 'date;category;amount;note\n2026-03-05;food;12,50;"""big"" lunch"');
});

test("doubles", () => {
  assert.equal(main(["doubles"], TEXT), "no doubles");
  assert.equal(main(["doubles"], "2026-03-05 bus 2.00\n2026-03-05 bus 2.00 again\n"), "2026-03-05       2.00  bus  again");
});

test("unknown words", () => {
  assert.throws(() => main(["sum"], TEXT), /unknown command: sum/);
  assert.throws(() => main(["total", "--year", "2026"], TEXT), /unknown argument: --year/);
});

test("total of a month", () => {
  assert.equal(main(["total", "--month", "2026-03"], TEXT), "40.00");
});

test("summary", () => {
  assert.equal(main(["summary"], TEXT), "rent 700.00\nbus 20.00\nfood 20.00\ntotal 740.00");
});
