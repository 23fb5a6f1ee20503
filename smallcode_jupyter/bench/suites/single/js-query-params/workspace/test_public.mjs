import test from "node:test";
import assert from "node:assert";
import { readParams } from "./solution.js";

test("parameters are read", () => {
  const params = readParams("https://x.org/?tag=tea&page=2&tag=green");
  assert.deepStrictEqual({ ...params }, { tag: ["tea", "green"], page: "2" });
});
