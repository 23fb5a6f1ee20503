"use strict";

/** Whether business is done on a date ("YYYY-MM-DD"). */
function isBusinessDay(date, holidays = []) {
  throw new Error("not implemented");
}

/** The date that many business days later, or earlier. */
function addBusinessDays(date, days, holidays = []) {
  throw new Error("not implemented");
}

module.exports = { isBusinessDay, addBusinessDays };
