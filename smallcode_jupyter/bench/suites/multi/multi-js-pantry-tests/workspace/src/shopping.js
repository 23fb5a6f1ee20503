import { amountText, grams } from "./units.js";

/** What a recipe ({ name: amount }) needs beyond the pantry, as lines such as "flour: 250 g", in the recipe's order. */
export function shoppingList(pantry, recipe) {
  return Object.entries(recipe)
    .map(([name, amount]) => ({ name, missing: grams(amount) - pantry.stock(name) }))
    .filter(({ missing }) => missing > 0)
    .map(({ name, missing }) => `${name}: ${amountText(missing)}`);
}
