import assert from "node:assert/strict";
import test from "node:test";

import { Pantry } from "./src/pantry.js";
import { shoppingList } from "./src/shopping.js";
import { amountText, grams } from "./src/units.js";

test("grams", () => {
  assert.equal(grams("250 g"), 250);
});
