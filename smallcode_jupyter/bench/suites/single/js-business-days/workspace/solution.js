"use strict";

/** The number of days from first to last ("YYYY-MM-DD"), both included, that are on no weekend and no holiday. */
function countBusinessDays(first, last, holidays) {
  throw new Error("not implemented");
}

module.exports = { countBusinessDays };
