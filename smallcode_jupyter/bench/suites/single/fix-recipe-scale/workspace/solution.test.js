import assert from "node:assert/strict";
import { test } from "node:test";

import { parseIngredient, scaleLine, scaleRecipe } from "./solution.js";

test("whole amounts", () => {
    assert.deepEqual(parseIngredient("200 g flour"), { amount: 200, name: "g flour" });
    assert.equal(scaleLine("3 eggs", 4, 6), "4.5 eggs");
    assert.deepEqual(scaleRecipe(["200 g flour", "salt"], 2, 3), ["300 g flour", "salt"]);
});

test("amounts with a decimal point", () => {
    assert.deepEqual(parseIngredient("2.5 dl cream"), { amount: 2.5, name: "dl cream" });
    assert.equal(scaleLine("2.5 dl cream", 4, 8), "5 dl cream");
});
