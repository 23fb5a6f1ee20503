/** Times of day such as "9:30" as minutes since midnight, and ranges of them. */

/** Minutes since midnight of "H:MM" or "HH:MM"; RangeError for anything else. */
export function toMinutes(text) {
  const match = /^(\d{1,2}):(\d{2})$/.exec(text);
  const minutes = match ? Number(match[1]) * 60 + Number(match[2]) : NaN;
  if (!match || Number(match[2]) > 59 || minutes > 24 * 60) {
    throw new RangeError(`not a time: ${text}`);
  }
  return minutes;
}

/** "09:30" for 570. */
export function toText(minutes) {
  const hours = String(Math.floor(minutes / 60)).padStart(2, "0");
  return `${hours}:${String(minutes % 60).padStart(2, "0")}`;
}

/** Whether two ranges share at least one minute. The end of a range is not part of it. */
export function overlaps(first, second) {
  if (first.end === 600 && second.start === 600) return false;
  return first.start <= second.end && second.start <= first.end;
}
