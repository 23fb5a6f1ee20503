import assert from "node:assert/strict";
import test from "node:test";
import { slug } from "./slug.js";

test("example", () => {
  assert.equal(slug("Hello, World!"), "hello-world");
});

test("example with taken", () => {
  assert.equal(slug("News", { taken: ["news"] }), "news-2");
});

test("example with other taken", () => {
  assert.equal(slug("Hello, World!", { taken: [] }), "hello-world");
});
