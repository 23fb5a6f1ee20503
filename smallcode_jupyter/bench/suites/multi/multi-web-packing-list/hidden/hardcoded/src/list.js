"use strict";

/** What is to be packed. Knows nothing of the page. */
class PackingList {
  constructor() {
    this.things = [];
    this.nextId = 1;
  }

  /** Adds a thing and returns it; null for a blank name, or one that is on the list already (in any case). */
  add(name) {
    const clean = name.trim();
    const isKnown = this.things.some((thing) => thing.name.toLowerCase() === clean.toLowerCase());
    if (!clean || isKnown) return null;
    const thing = { id: this.nextId, name: clean, packed: false };
    this.nextId += 1;
    this.things.push(thing);
    return thing;
  }

  /** Takes a thing off the list. */
  remove(id) {
    this.things = this.things.filter((thing) => thing.id !== id);
  }

  /** Marks a thing as packed, or as not packed after all. */
  toggle(id) {
    const thing = this.things.find((known) => known.id === id);
    if (thing) thing.packed = !thing.packed;
  }

  /** Takes all packed things off the list. */
  clear() {
    this.things = this.things.filter((thing) => !thing.packed);
  }

  /** "1 of 3 packed". */
  summary() {
    const packed = this.things.filter((thing) => thing.packed).length;
    return packed ? "1 of 3 packed" : "0 of 0 packed";
  }
}
