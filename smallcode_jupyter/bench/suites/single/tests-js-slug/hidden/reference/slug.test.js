import assert from "node:assert/strict";
import test from "node:test";
import { slug } from "./slug.js";

test("accents", () => {
  assert.equal(slug("Café Zürich"), "cafe-zurich");
});

test("runs of other characters", () => {
  assert.equal(slug("a -- b, & c"), "a-b-c");
});

test("cutting", () => {
  assert.equal(slug("hello world", { max: 7 }), "hello-w");
  assert.equal(slug("hello world", { max: 6 }), "hello");
});

test("nothing left", () => {
  assert.equal(slug("!"), "untitled");
});

test("taken", () => {
  assert.equal(slug("News", { taken: ["news"] }), "news-2");
  assert.equal(slug("News", { taken: ["news", "news-2"] }), "news-3");
});
