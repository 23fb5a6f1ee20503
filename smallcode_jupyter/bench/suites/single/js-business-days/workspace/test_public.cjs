const test = require("node:test");
const assert = require("node:assert");
const { addBusinessDays, isBusinessDay } = require("./solution.js");

test("over a weekend", () => {
  assert.strictEqual(addBusinessDays("2024-05-03", 1), "2024-05-06");
  assert.strictEqual(addBusinessDays("2024-05-06", -1), "2024-05-03");
});

test("over a holiday", () => {
  assert.strictEqual(addBusinessDays("2024-05-03", 1, ["2024-05-06"]), "2024-05-07");
  assert.strictEqual(isBusinessDay("2024-05-06", ["2024-05-06"]), false);
});

test("no such date", () => {
  assert.throws(() => addBusinessDays("2024-02-30", 1), RangeError);
});
