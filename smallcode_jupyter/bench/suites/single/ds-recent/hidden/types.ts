import { Recent } from "./solution";

const words = new Recent<string>(2);
const dropped: string | undefined = words.push("a");
const one: string | undefined = words.at(0);
const all: string[] = words.toArray();
const size: number = words.size;
const full: boolean = words.isFull;
words.clear();
// @ts-expect-error: a number is no string
words.push(1);
// @ts-expect-error: it may be undefined
const sure: string = words.at(0);
// @ts-expect-error: items keep their type
const numbers: number[] = words.toArray();
export { dropped, one, all, size, full, sure, numbers };
