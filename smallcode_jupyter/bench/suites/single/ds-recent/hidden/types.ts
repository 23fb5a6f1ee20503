import { Recent } from "./solution";

const words = new Recent<string>(2);
words.push("a");
const all: string[] = words.toArray();
const size: number = words.size;
// @ts-expect-error: a number is no string
words.push(1);
// @ts-expect-error: items keep their type
const numbers: number[] = words.toArray();
export { all, size, numbers };
