"use strict";

function readRows(text) {
  const rows = [];
  let row = [];
  let cell = "";
  let inQuotes = false;
  const endCell = () => {
    row.push(cell);
    cell = "";
  };
  const endRow = (isEmpty) => {
    endCell();
    if (!isEmpty) {
      rows.push(row);
    }
    row = [];
  };
  let lineStart = 0;
  for (let at = 0; at < text.length; at++) {
    const char = text[at];
    if (inQuotes) {
      if (char !== '"') {
        cell += char;
      } else if (text[at + 1] === '"') {
        cell += '"';
        at++;
      } else {
        inQuotes = false;
      }
    } else if (char === '"') {
      inQuotes = true;
    } else if (char === ",") {
      endCell();
    } else if (char === "\n" || (char === "\r" && text[at + 1] === "\n")) {
      endRow(at === lineStart);
      if (char === "\r") at++;
      lineStart = at + 1;
    } else {
      cell += char;
    }
  }
  if (inQuotes) {
    throw new SyntaxError("a quote is never closed");
  }
  endRow(lineStart >= text.length);
  return rows;
}

/** The rows of a CSV text as objects. */
function parseCsv(text) {
  const [header = [], ...rows] = readRows(text);
  return rows.map((row) => Object.fromEntries(header.map((name, index) => [name, row[index] ?? ""])));
}

function writeCell(value) {
  const text = value == null ? "" : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Objects as CSV text. */
function toCsv(rows, columns) {
  const lines = [columns, ...rows.map((row) => columns.map((name) => row[name]))];
  return lines.map((cells) => cells.map(writeCell).join(",") + "\n").join("");
}

module.exports = { parseCsv, toCsv };
