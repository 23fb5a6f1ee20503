"use strict";

/** Objects as CSV text. */
function toCsv(rows, columns) {
  throw new Error("not implemented");
}

module.exports = { toCsv };
