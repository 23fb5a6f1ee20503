// Scales recipes. A line is "AMOUNT NAME", such as "2.5 dl cream", or just "NAME".

// { amount, name } of a line; amount is null where there is none.
export function parseIngredient(line) {
    const match = /^(\d+(?:\.\d+)?) (.+)$/.exec(line);
    if (match === null) return { amount: null, name: line };
    const amount = Number.parseInt(match[1], 10);
    return { amount, name: match[2] };
}

// An ingredient as a line, the amount with at most two decimals.
export function formatIngredient({ amount, name }) {
    if (amount === null) return name;
    return `${Math.round(amount * 100) / 100} ${name}`;
}

// A line for another number of persons.
export function scaleLine(line, from, to) {
    const { amount, name } = parseIngredient(line);
    if (amount === null) return line;
    return formatIngredient({ amount: (amount * to) / from, name });
}

// All lines for another number of persons.
export function scaleRecipe(lines, from, to) {
    return lines.map((line) => scaleLine(line, from, to));
}
