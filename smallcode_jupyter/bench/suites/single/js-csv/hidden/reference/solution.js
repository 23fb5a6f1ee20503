"use strict";

/** Objects as CSV text. */
function toCsv(rows, columns) {
  const cell = (text) => (/[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const lines = rows.map((row) => columns.map((name) => cell(row[name])).join(","));
  return [columns.join(","), ...lines].join("\n");
}

module.exports = { toCsv };
