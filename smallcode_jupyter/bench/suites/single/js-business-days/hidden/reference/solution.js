"use strict";

/** The number of days from first to last ("YYYY-MM-DD"), both included, that are on no weekend and no holiday. */
function countBusinessDays(first, last, holidays) {
  let count = 0;
  const day = new Date(first);
  const end = new Date(last);
  while (day <= end) {
    const weekday = day.getUTCDay();
    if (weekday !== 0 && weekday !== 6 && !holidays.includes(day.toISOString().slice(0, 10))) {
      count += 1;
    }
    day.setUTCDate(day.getUTCDate() + 1);
  }
  return count;
}

module.exports = { countBusinessDays };
