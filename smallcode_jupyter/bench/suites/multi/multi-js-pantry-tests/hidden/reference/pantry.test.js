import assert from "node:assert/strict";
import test from "node:test";

import { Pantry } from "./src/pantry.js";
import { shoppingList } from "./src/shopping.js";
import { amountText, grams } from "./src/units.js";

const pantry = (stock) => {
  const made = new Pantry();
  for (const [name, amount] of stock) made.put(name, amount);
  return made;
};

test("grams", () => {
  assert.equal(grams("250 g"), 250);
  assert.equal(grams("1.5kg"), 1500);
  assert.throws(() => grams("3 cups"), RangeError);
});

test("amountText", () => {
  assert.equal(amountText(999), "999 g");
  assert.equal(amountText(1000), "1.0 kg");
  assert.equal(amountText(1500), "1.5 kg");
});

test("put adds up in any case", () => {
  assert.equal(pantry([["Flour", "1 kg"], ["flour", "250 g"]]).stock("FLOUR"), 1250);
  assert.equal(pantry([]).stock("flour"), 0);
});

test("take too much", () => {
  const full = pantry([["flour", "500 g"]]);
  assert.throws(() => full.take("flour", "501 g"), Error);
  assert.equal(full.stock("flour"), 500);
});

test("take all, names", () => {
  const full = pantry([["salt", "10 g"], ["flour", "1 kg"], ["butter", "250 g"]]);
  full.take("Salt", "10 g");
  assert.deepEqual(full.names(), ["butter", "flour"]);
});

test("shopping list", () => {
  const recipe = { sugar: "100 g", flour: "500 g", butter: "1.5 kg" };
  assert.deepEqual(shoppingList(pantry([["flour", "500 g"], ["butter", "100 g"]]), recipe), ["sugar: 100 g", "butter: 1.4 kg"]);
});
