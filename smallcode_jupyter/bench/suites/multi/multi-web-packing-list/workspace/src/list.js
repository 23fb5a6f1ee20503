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
    const thing = { id: this.nextId, name: clean };
    this.nextId += 1;
    this.things.push(thing);
    return thing;
  }

  /** Takes a thing off the list. */
  remove(id) {
    this.things = this.things.filter((thing) => thing.id !== id);
  }

  /** "3 things". */
  summary() {
    return `${this.things.length} ${this.things.length === 1 ? "thing" : "things"}`;
  }
}
