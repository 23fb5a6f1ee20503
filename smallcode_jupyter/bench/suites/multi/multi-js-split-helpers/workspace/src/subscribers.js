/** Who gets the newsletter; addresses are the same in any case. */
export class Subscribers {
  #names = new Map();

  /** Adds or renames somebody; RangeError for what is no address. */
  add(address, name) {
    if (!/^[^\s@]+@[^\s@]+$/.test(address)) throw new RangeError(`not an address: ${address}`);
    this.#names.set(address.toLowerCase(), name);
  }

  /** Returns whether there was such an address. */
  remove(address) {
    return this.#names.delete(address.toLowerCase());
  }

  /** "Ann <ann@example.org>" for everybody, by address. */
  recipients() {
    return [...this.#names].sort().map(([address, name]) => `${name} <${address}>`);
  }
}
