/** Keeps the bookings of each room in memory. */
export class Store {
  #rooms = new Map();
  #nextId = 1;

  addRoom(name) {
    if (!this.#rooms.has(name)) this.#rooms.set(name, []);
  }

  hasRoom(name) {
    return this.#rooms.has(name);
  }

  /** Keep a booking ({ start, end, who }); returns it with its new id. */
  add(room, booking) {
    const kept = { id: this.#nextId, room, ...booking };
    this.#nextId += 1;
    this.#rooms.get(room).push(kept);
    return kept;
  }

  /** Drop a booking; returns whether there was one with this id. */
  remove(id) {
    for (const bookings of this.#rooms.values()) {
      const index = bookings.findIndex((booking) => booking.id === id);
      if (index >= 0) {
        bookings.splice(index, 1);
        return true;
      }
    }
    return false;
  }

  /** The bookings of a room, earliest first. */
  of(room) {
    return [...this.#rooms.get(room)].sort((one, other) => one.start - other.start);
  }
}
