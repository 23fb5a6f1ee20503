const test = require("node:test");
const assert = require("node:assert");
const { countBusinessDays } = require("./solution.js");

test("over a weekend", () => {
  assert.strictEqual(countBusinessDays("2024-05-03", "2024-05-07", []), 3);
});

test("over a holiday", () => {
  assert.strictEqual(countBusinessDays("2024-05-03", "2024-05-07", ["2024-05-06"]), 2);
});
