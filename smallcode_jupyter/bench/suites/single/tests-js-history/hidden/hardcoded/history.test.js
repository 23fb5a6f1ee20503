import assert from "node:assert";
import test from "node:test";
import { History } from "./history.js";

test("push", () => {
  const history = new History("a");
  history.push("b");
  assert.strictEqual(history.current, "b");
});

test("undo", () => {
  const history = new History("a");
  history.push("b");
  assert.strictEqual(history.undo(), "a");
});

test("new", () => {
  assert.strictEqual(new History("a").current, "a");
});
