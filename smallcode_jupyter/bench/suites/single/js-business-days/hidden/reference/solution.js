"use strict";

const DAY = 86_400_000;

function parse(date) {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(date) ? Date.parse(`${date}T00:00:00Z`) : NaN;
  if (Number.isNaN(time) || format(time) !== date) {
    throw new RangeError(`not a date: ${date}`);
  }
  return time;
}

function format(time) {
  return new Date(time).toISOString().slice(0, 10);
}

/** Whether business is done on a date ("YYYY-MM-DD"). */
function isBusinessDay(date, holidays = []) {
  const weekday = new Date(parse(date)).getUTCDay();
  return weekday !== 0 && weekday !== 6 && !holidays.includes(date);
}

/** The date that many business days later, or earlier. */
function addBusinessDays(date, days, holidays = []) {
  let time = parse(date);
  let left = Math.abs(days);
  while (left > 0) {
    time += Math.sign(days) * DAY;
    if (isBusinessDay(format(time), holidays)) {
      left -= 1;
    }
  }
  return format(time);
}

module.exports = { isBusinessDay, addBusinessDays };
