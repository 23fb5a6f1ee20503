import { paginate, type Page } from "./solution";

const names: readonly string[] = ["a", "b"];
const page: Page<string> = paginate(names, 1, 10);
const first: string = page.items[0];
const numbers: number[] = paginate([1, 2, 3] as const, 1, 2).items;
// @ts-expect-error the items are texts
const wrong: Page<number> = paginate(names, 1, 10);
// @ts-expect-error a page is asked for by number
paginate(names, "1", 10);
export { first, numbers, wrong };
