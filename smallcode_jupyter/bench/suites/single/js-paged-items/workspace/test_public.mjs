import test from "node:test";
import assert from "node:assert";
import { allItems, collect, take } from "./solution.js";

function pagesOf(...pages) {
  const asked = [];
  const fetchPage = async (cursor) => {
    asked.push(cursor);
    const at = cursor ?? 0;
    return { items: pages[at], next: at + 1 < pages.length ? at + 1 : null };
  };
  return { asked, fetchPage };
}

test("all items", async () => {
  const { asked, fetchPage } = pagesOf([1, 2], [3, 4], [5]);
  assert.deepStrictEqual(await collect(allItems(fetchPage)), [1, 2, 3, 4, 5]);
  assert.deepStrictEqual(asked, [null, 1, 2]);
});

test("the first three need two pages", async () => {
  const { asked, fetchPage } = pagesOf([1, 2], [3, 4], [5]);
  assert.deepStrictEqual(await collect(take(allItems(fetchPage), 3)), [1, 2, 3]);
  assert.deepStrictEqual(asked, [null, 1]);
});
