import test from "node:test";
import assert from "node:assert";
import { allItems } from "./solution.js";

test("all items of three pages", async () => {
  const pages = [[1, 2], [3, 4], [5]];
  const fetchPage = async (number) => ({ items: pages[number - 1], hasMore: number < pages.length });
  assert.deepStrictEqual(await allItems(fetchPage), [1, 2, 3, 4, 5]);
});
