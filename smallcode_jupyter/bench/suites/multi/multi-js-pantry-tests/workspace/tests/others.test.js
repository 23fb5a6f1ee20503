import assert from "node:assert/strict";
import test from "node:test";

import { expiring } from "../src/expiry.js";
import { parseRecipe } from "../src/recipes.js";

test("a recipe", () => {
  const recipe = parseRecipe("Pancakes\n- Flour: 250 g\n- sugar: 20 g\n");
  assert.deepEqual(recipe, { title: "Pancakes", needs: { flour: "250 g", sugar: "20 g" } });
});

test("an empty recipe", () => {
  assert.deepEqual(parseRecipe(""), { title: "", needs: {} });
});

test("a malformed ingredient", () => {
  assert.throws(() => parseRecipe("Pancakes\nflour 250 g"), SyntaxError);
});

test("what expires soon", () => {
  const goods = [
    { name: "rice", bestBefore: "2027-01-01" },
    { name: "milk", bestBefore: "2026-03-08" },
    { name: "eggs", bestBefore: "2026-03-01" },
  ];
  const names = expiring(goods, "2026-03-05", 3).map((good) => good.name);
  assert.deepEqual(names, ["eggs", "milk"]);
});
