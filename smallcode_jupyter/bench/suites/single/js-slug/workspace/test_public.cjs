const test = require("node:test");
const assert = require("node:assert");
const { slugify } = require("./solution.js");

test("a title becomes a slug", () => {
  assert.strictEqual(slugify("Hello, world"), "hello-world");
  assert.strictEqual(slugify("  100% fun: the 2nd try! "), "100-fun-the-2nd-try");
});
