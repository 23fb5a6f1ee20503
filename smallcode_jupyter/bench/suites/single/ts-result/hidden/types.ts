import { parsePrices, type Result } from "./solution";

const all: Result<number[], string[]> = parsePrices(["4.50"]);
if (all.ok) {
  const first: number = all.value[0];
  console.log(first);
}
// @ts-expect-error lines are texts
parsePrices([4.5]);
export { all };
