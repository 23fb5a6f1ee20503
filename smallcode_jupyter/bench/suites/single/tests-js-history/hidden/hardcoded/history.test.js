import assert from "node:assert/strict";
import test from "node:test";
import { History } from "./history.js";

test("push", () => {
  const history = new History("a");
  history.push("b");
  assert.equal(history.current, "b");
});

test("undo", () => {
  const history = new History("a");
  history.push("b");
  assert.equal(history.undo(), "a");
});

test("redo", () => {
  const history = new History("a");
  history.push("b");
  history.undo();
  assert.equal(history.redo(), "b");
});
