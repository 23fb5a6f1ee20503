import assert from "node:assert";
import test from "node:test";
import { slug } from "./slug.js";

test("capitals", () => {
  assert.strictEqual(slug("Hello World"), "hello-world");
});

test("runs of other characters", () => {
  assert.strictEqual(slug("a -- b, & c"), "a-b-c");
});

test("ends", () => {
  assert.strictEqual(slug("(news)"), "news");
});

test("nothing left", () => {
  assert.strictEqual(slug("!"), "untitled");
});
