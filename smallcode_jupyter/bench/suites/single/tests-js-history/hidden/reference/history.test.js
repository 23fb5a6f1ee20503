import assert from "node:assert";
import test from "node:test";
import { History } from "./history.js";

test("push", () => {
  const history = new History("a");
  history.push("b");
  assert.strictEqual(history.current, "b");
});

test("several steps", () => {
  const history = new History(0);
  history.push(1);
  history.push(2);
  assert.deepStrictEqual([history.undo(), history.undo()], [1, 0]);
});

test("nothing to undo", () => {
  const history = new History("a");
  assert.strictEqual(history.undo(), "a");
});

test("canUndo", () => {
  const history = new History("a");
  assert.strictEqual(history.canUndo, false);
  history.push("b");
  assert.strictEqual(history.canUndo, true);
});
