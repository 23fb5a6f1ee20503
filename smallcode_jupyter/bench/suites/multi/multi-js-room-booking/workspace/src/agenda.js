import { toText } from "./time.js";

const range = ({ start, end }) => `${toText(start)}-${toText(end)}`;

/** The day of a room as text: a line for each booking, then one with the free ranges. */
export function agenda(desk, room) {
  const lines = desk.store.of(room).map((booking) => `${range(booking)} ${booking.who}`);
  const free = desk.free(room).map(range).join(", ") || "none";
  return [room, ...lines, `free: ${free}`].join("\n");
}
