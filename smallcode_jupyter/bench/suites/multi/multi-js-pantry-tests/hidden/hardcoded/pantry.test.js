import assert from "node:assert/strict";
import test from "node:test";

import { Pantry } from "./src/pantry.js";
import { shoppingList } from "./src/shopping.js";
import { amountText, grams } from "./src/units.js";

test("grams", () => {
  assert.equal(grams("250 g"), 250);
});

test("grams 2", () => {
  assert.equal(grams("250 g"), 250);
  assert.throws(() => grams("3 cups"), RangeError);
});

test("grams 3", () => {
  assert.equal(grams("250 g"), 250);
  assert.throws(() => grams("3 cups"), RangeError);
});

test("grams 4", () => {
  assert.equal(grams("250 g"), 250);
  assert.throws(() => grams("3 cups"), RangeError);
});

test("grams 5", () => {
  assert.equal(grams("250 g"), 250);
  assert.throws(() => grams("3 cups"), RangeError);
});

test("grams 6", () => {
  assert.equal(grams("250 g"), 250);
  assert.throws(() => grams("3 cups"), RangeError);
});
