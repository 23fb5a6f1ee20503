import { Suggester } from "./solution";

const box = new Suggester();
box.add("lamp");
const terms: string[] = box.suggest("la");
const count: number = box.count("la");
// @ts-expect-error: a term is a string
box.add(5);
export { terms, count };
