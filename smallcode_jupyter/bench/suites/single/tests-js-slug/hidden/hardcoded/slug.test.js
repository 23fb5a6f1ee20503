import assert from "node:assert";
import test from "node:test";
import { slug } from "./slug.js";

test("a page", () => {
  assert.strictEqual(slug("my page"), "my-page");
});

test("a string", () => {
  assert.strictEqual(typeof slug("my page"), "string");
});

test("nothing left", () => {
  assert.strictEqual(slug("?"), "untitled");
});
