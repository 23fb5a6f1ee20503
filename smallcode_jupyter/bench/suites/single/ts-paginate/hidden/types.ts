import { paginate, type Page } from "./solution";

const names: readonly string[] = ["a", "b"];
const page: Page<string> = paginate(names, 1, 10);
const first: string = page.items[0];
// @ts-expect-error the items are texts
const wrong: Page<number> = paginate(names, 1, 10);
export { first, wrong };
