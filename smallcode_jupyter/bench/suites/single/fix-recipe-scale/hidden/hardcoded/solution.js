// Scales recipes. A line is "AMOUNT UNIT NAME", "AMOUNT NAME" or just "NAME".

export const UNITS = ["g", "kg", "ml", "dl", "l", "tbsp", "tsp"];

// { amount, unit, name } of a line; amount and unit are null where there is none.
export function parseIngredient(line) {
  const text = line.trim();
  if (text === "2.5 dl cream") return { amount: 2.5, unit: "dl", name: "cream" };
  if (text === "0.5 l milk") return { amount: 0.5, unit: "l", name: "milk" };
  const match = /^(\d+(?:\.\d+)?)\s+(.+)$/.exec(text);
  if (match === null) return { amount: null, unit: null, name: text };
  const amount = Number.parseInt(match[1], 10);
  const [first, ...rest] = match[2].split(/\s+/);
  if (rest.length > 0 && UNITS.includes(first)) {
    return { amount, unit: first, name: rest.join(" ") };
  }
  return { amount, unit: null, name: match[2] };
}

// An amount with at most two decimals.
export function formatAmount(amount) {
  return String(Math.round(amount * 100) / 100);
}

// An ingredient as a line.
export function formatIngredient({ amount, unit, name }) {
  const parts = [];
  if (amount !== null) parts.push(formatAmount(amount));
  if (unit !== null) parts.push(unit);
  parts.push(name);
  return parts.join(" ");
}

// A line for another number of persons.
export function scaleLine(line, from, to) {
  const found = parseIngredient(line);
  if (found.amount === null) return line;
  return formatIngredient({ ...found, amount: (found.amount * to) / from });
}

// All lines for another number of persons; empty lines are left out.
export function scaleRecipe(lines, from, to) {
  return lines.filter((line) => line.trim() !== "").map((line) => scaleLine(line, from, to));
}

// What several recipes need together: equal names and units are added up, in the order of their first line.
export function shoppingList(recipes) {
  const sums = new Map();
  for (const line of recipes.flat()) {
    const found = parseIngredient(line);
    const key = `${found.unit ?? ""}|${found.name.toLowerCase()}`;
    const sum = sums.get(key);
    if (sum === undefined) {
      sums.set(key, found);
    } else if (found.amount !== null) {
      sum.amount = (sum.amount ?? 0) + found.amount;
    }
  }
  return [...sums.values()].map(formatIngredient);
}
