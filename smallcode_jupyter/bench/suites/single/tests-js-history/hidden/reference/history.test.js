import assert from "node:assert/strict";
import test from "node:test";
import { History } from "./history.js";

test("push forgets what could be redone", () => {
  const history = new History("a");
  history.push("b");
  history.undo();
  history.push("c");
  assert.equal(history.canRedo, false);
  assert.equal(history.redo(), "c");
});

test("the same state again", () => {
  const history = new History("a");
  history.push("a");
  assert.equal(history.canUndo, false);
});

test("limit", () => {
  const history = new History(0, 2);
  for (const state of [1, 2, 3]) history.push(state);
  assert.deepEqual([history.undo(), history.undo(), history.canUndo], [2, 1, false]);
});

test("nothing to undo", () => {
  const history = new History("a");
  assert.equal(history.undo(), "a");
  assert.equal(history.canRedo, false);
});

test("several steps forward", () => {
  const history = new History(0);
  history.push(1);
  history.push(2);
  history.undo();
  history.undo();
  assert.deepEqual([history.redo(), history.redo(), history.redo()], [1, 2, 2]);
});
