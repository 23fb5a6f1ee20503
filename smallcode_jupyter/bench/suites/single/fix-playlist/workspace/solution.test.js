import assert from "node:assert/strict";
import { test } from "node:test";

import { Playlist } from "./solution.js";

test("next and previous", () => {
  const p = new Playlist(["a", "b"]);
  assert.deepEqual([p.next(), p.next(), p.previous(), p.previous()], ["b", "b", "a", "a"]);
});

test("adding and moving", () => {
  const p = new Playlist(["a"]);
  assert.equal(p.add("b"), true);
  assert.equal(p.add("a"), false);
  assert.equal(p.moveUp("b"), true);
  assert.deepEqual([p.tracks, p.current], [["b", "a"], "a"]);
});

test("removing a track before the current one", () => {
  const p = new Playlist(["a", "b", "c"]);
  p.next();
  assert.equal(p.remove("a"), true);
  assert.equal(p.current, "b");
});

test("going back from the first track", () => {
  const p = new Playlist(["a", "b", "c"]);
  p.repeat = true;
  assert.equal(p.previous(), "c");
});
