import assert from "node:assert/strict";
import { test } from "node:test";

import { buildQuery, parseQuery, withParam, withoutParams } from "./solution.js";

test("plain values", () => {
  assert.deepEqual(parseQuery("?a=1&b=x+y&c"), { a: "1", b: "x y", c: "" });
});

test("names that occur twice", () => {
  assert.deepEqual(parseQuery("tag=a&tag=b"), { tag: ["a", "b"] });
});

test("values with an equals sign", () => {
  assert.deepEqual(parseQuery("token=abc==&page=2"), { token: "abc==", page: "2" });
  assert.deepEqual(parseQuery("next=/login?step=2"), { next: "/login?step=2" });
});

test("building", () => {
  assert.equal(buildQuery({ a: 1, b: ["x", "y"], c: null }), "a=1&b=x&b=y");
  assert.equal(withParam("/a?page=1#top", "page", 2), "/a?page=2#top");
  assert.equal(withoutParams("/a?page=1&q=z", "page"), "/a?q=z");
});
