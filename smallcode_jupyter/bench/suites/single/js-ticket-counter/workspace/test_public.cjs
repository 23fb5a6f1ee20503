const test = require("node:test");
const assert = require("node:assert");
const { createCounter } = require("./solution.js");

test("numbers run on", () => {
  const counter = createCounter("INV", 99);
  assert.strictEqual(counter.next(), "INV-0099");
  assert.strictEqual(counter.peek(), "INV-0100");
  assert.strictEqual(counter.next(), "INV-0100");
});

test("the first is 1", () => {
  assert.strictEqual(createCounter("T").next(), "T-0001");
});
