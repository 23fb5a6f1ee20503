import test from "node:test";
import assert from "node:assert";
import { readParams, withParams } from "./solution.js";

test("parameters are set and removed", () => {
  const link = withParams("https://x.org/s?q=tea&page=2#top", { page: 3, tag: ["a", "b"], q: null });
  assert.strictEqual(link, "https://x.org/s?page=3&tag=a&tag=b#top");
});

test("parameters are read", () => {
  assert.deepStrictEqual({ ...readParams("https://x.org/?a=1&b=2&a=3") }, { a: ["1", "3"], b: "2" });
});
