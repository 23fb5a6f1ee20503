import assert from "node:assert/strict";
import { test } from "node:test";

import { Playlist } from "./solution.js";

test("next", () => {
    const p = new Playlist(["a", "b"]);
    assert.deepEqual([p.next(), p.next()], ["b", "a"]);
});

test("removing a track before the current one", () => {
    const p = new Playlist(["a", "b", "c"]);
    p.next();
    assert.equal(p.remove("a"), true);
    assert.equal(p.current, "b");
});

test("removing a track after the current one", () => {
    const p = new Playlist(["a", "b", "c"]);
    p.remove("c");
    assert.equal(p.current, "a");
});
