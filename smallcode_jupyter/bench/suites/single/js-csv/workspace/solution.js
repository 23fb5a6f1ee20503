"use strict";

/** The rows of a CSV text as objects. */
function parseCsv(text) {
  throw new Error("not implemented");
}

/** Objects as CSV text. */
function toCsv(rows, columns) {
  throw new Error("not implemented");
}

module.exports = { parseCsv, toCsv };
