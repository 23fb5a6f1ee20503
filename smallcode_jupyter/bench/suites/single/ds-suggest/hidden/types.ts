import { Suggester } from "./solution";

const box = new Suggester();
box.add("lamp");
box.add("lamp", 3);
const gone: boolean = box.remove("lamp");
const terms: string[] = box.suggest("la");
const few: string[] = box.suggest("la", 2);
const count: number = box.count("la");
const weight: number = box.weightOf("lamp");
// @ts-expect-error: a term is a string
box.add(5);
// @ts-expect-error: a weight is a number
box.add("lamp", "3");
export { gone, terms, few, count, weight };
