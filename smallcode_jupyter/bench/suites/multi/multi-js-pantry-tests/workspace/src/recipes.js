/** Reads recipes such as "Pancakes\\n- flour: 250 g\\n- sugar: 20 g". */

/** { title, needs }, needs being { name: amount } in the order of the text; SyntaxError for a malformed line. */
export function parseRecipe(text) {
  const [title, ...lines] = text
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);
  const needs = {};
  for (const line of lines) {
    const match = /^-\s*([^:]+):\s*(.+)$/.exec(line);
    if (!match) throw new SyntaxError(`not an ingredient: ${line}`);
    needs[match[1].trim().toLowerCase()] = match[2];
  }
  return { title: title ?? "", needs };
}
