import assert from "node:assert/strict";
import { test } from "node:test";

import { History } from "./solution.js";

test("undo and redo", () => {
  const h = new History("a");
  h.push("b");
  assert.equal(h.undo(), "a");
  assert.equal(h.undo(), undefined);
  assert.equal(h.redo(), "b");
  assert.deepEqual(h.steps, { back: 1, forth: 0 });
});

test("saving", () => {
  const h = new History("a");
  h.push("b");
  assert.equal(h.isDirty, true);
  h.save();
  assert.equal(h.isDirty, false);
});

test("a new edit ends what could be redone", () => {
  const h = new History("a");
  h.push("b");
  h.undo();
  h.push("c");
  assert.equal(h.redo(), undefined);
  assert.equal(h.current, "c");
});

test("the oldest step is forgotten", () => {
  const h = new History(0, 2);
  for (const state of [1, 2, 3]) h.push(state);
  assert.deepEqual([h.undo(), h.undo(), h.undo()], [2, 1, undefined]);
});
