const test = require("node:test");
const assert = require("node:assert");
const { slugify, uniqueSlug } = require("./solution.js");

test("a title becomes a slug", () => {
  assert.strictEqual(slugify("  Crème brûlée, 2nd try! "), "creme-brulee-2nd-try");
  assert.strictEqual(slugify("!?"), "untitled");
});

test("a taken slug is numbered", () => {
  assert.strictEqual(uniqueSlug("News", ["news", "news-2"]), "news-3");
  assert.strictEqual(uniqueSlug("News", []), "news");
});
