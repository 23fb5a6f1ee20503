import { grams } from "./units.js";

/** What is in the house, in grams by name. Names are the same in any case: "Flour" is "flour". */
export class Pantry {
  #stock = new Map();

  /** Put something in; it is added to what is there already. */
  put(name, amount) {
    const key = name.toLowerCase();
    this.#stock.set(key, this.stock(key) + grams(amount));
  }

  /** Take something out. Throws Error if there is not enough, and then takes nothing. */
  take(name, amount) {
    const key = name.toLowerCase();
    const left = this.stock(key) - grams(amount);
    if (left < 0) throw new Error(`not enough ${key}`);
    if (left === 0) this.#stock.delete(key);
    else this.#stock.set(key, left);
  }

  /** Grams of something; 0 if there is none. */
  stock(name) {
    return this.#stock.get(name.toLowerCase()) ?? 0;
  }

  /** The names of what is there, in alphabetical order; what was used up is not. */
  names() {
    return [...this.#stock.keys()].sort();
  }
}
