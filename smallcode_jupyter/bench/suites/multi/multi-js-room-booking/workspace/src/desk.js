import { overlaps, toMinutes } from "./time.js";

/** Takes bookings for the rooms of a store, within the opening hours. */
export class Desk {
  constructor(store, { opens = "8:00", closes = "18:00" } = {}) {
    this.store = store;
    this.opens = toMinutes(opens);
    this.closes = toMinutes(closes);
  }

  /** Book a room; returns the booking's id. Throws Error with the reason if that is not possible. */
  book(room, start, end, who) {
    if (!this.store.hasRoom(room)) throw new Error("no such room");
    const wanted = { start: toMinutes(start), end: toMinutes(end) };
    if (wanted.start >= wanted.end) throw new Error("ends before it starts");
    if (wanted.start < this.opens || wanted.end > this.closes) throw new Error("closed then");
    const clash = this.store.of(room).find((booking) => overlaps(booking, wanted));
    if (clash) throw new Error(`taken by ${clash.who}`);
    return this.store.add(room, { ...wanted, who }).id;
  }

  /** Cancel a booking; throws Error if there is none with this id. */
  cancel(id) {
    if (!this.store.remove(id)) throw new Error("no such booking");
  }

  /** The free ranges of a room's day, as { start, end } in minutes. */
  free(room) {
    const gaps = [];
    let from = this.opens;
    for (const booking of this.store.of(room)) {
      if (booking.start > from) gaps.push({ start: from, end: booking.start });
      from = booking.end;
    }
    if (from < this.closes) gaps.push({ start: from, end: this.closes });
    return gaps;
  }
}
