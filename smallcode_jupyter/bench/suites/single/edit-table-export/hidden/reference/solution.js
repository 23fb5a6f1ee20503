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

function tsvText(text) {
  return text.replaceAll(/[\t\n]/g, " ");
}

function markdownText(text) {
  return text.replaceAll("|", "\\|").replaceAll("\n", " ");
}

const FORMATS = {
  csv: { extension: "csv", line: (cells) => cells.map(quoteCsv).join(",") },
  tsv: { extension: "tsv", line: (cells) => cells.map(tsvText).join("\t") },
  markdown: { extension: "md", line: (cells) => `| ${cells.map(markdownText).join(" | ")} |` },
};

function formatOf(options) {
  const name = options.format ?? "csv";
  if (!Object.hasOwn(FORMATS, name)) throw new RangeError(`unknown format ${name}`);
  return FORMATS[name];
}

// The rows as CSV: a line of column names, then a line for each row.
// options.columns: which columns, in which order (all of them if it is left out)
// options.header: false leaves out the line of names, but not in Markdown
// options.format: "csv" (if it is left out), "tsv" or "markdown"
export function exportRows(rows, options = {}) {
  const columns = options.columns ?? columnsOf(rows);
  const format = formatOf(options);
  const isMarkdown = format === FORMATS.markdown;
  const lines = [];
  if (options.header !== false || isMarkdown) {
    lines.push(format.line(columns));
  }
  if (isMarkdown) {
    lines.push(format.line(columns.map(() => "---")));
  }
  for (const row of rows) {
    lines.push(format.line(columns.map((name) => cellText(row[name]))));
  }
  return lines.map((line) => `${line}\n`).join("");
}

// The name of the file to download.
export function fileName(title, options = {}) {
  const base = title.trim().toLowerCase().replaceAll(/[^a-z0-9]+/g, "-").replaceAll(/^-|-$/g, "");
  return `${base || "export"}.${formatOf(options).extension}`;
}
