import { toText } from "./time.js";

/** How a room's day is used: { booked, percent, longest }, the minutes booked and the longest free range as text. */
export function usage(desk, room) {
  const booked = desk.store.of(room).reduce((sum, booking) => sum + booking.end - booking.start, 0);
  const percent = Math.round((100 * booked) / (desk.closes - desk.opens));
  let longest = null;
  for (const gap of desk.free(room)) {
    if (!longest || gap.end - gap.start > longest.end - longest.start) longest = gap;
  }
  return { booked, percent, longest: longest ? `${toText(longest.start)}-${toText(longest.end)}` : "none" };
}
