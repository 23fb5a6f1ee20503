// Turns rows into text that can be downloaded.

// The text of a cell: nothing for null and undefined.
export function cellText(value) {
    if (value === null || value === undefined) return "";
    return String(value);
}

function quoteCsv(text) {
    return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

// The rows as CSV: a line of column names, then a line for each row.
export function exportRows(rows, columns) {
    const lines = [columns.map(quoteCsv).join(",")];
    for (const row of rows) {
        lines.push(columns.map((name) => quoteCsv(cellText(row[name]))).join(","));
    }
    return lines.join("\n");
}

// The rows as text with tabs: a line of column names, then a line for each row.
export function exportTabs(rows, columns) {
    const lines = [columns.join("\t")];
    for (const row of rows) {
        lines.push(columns.map((name) => cellText(row[name])).join("\t"));
    }
    return lines.join("\n");
}

// The name of the file to download.
export function fileName(title) {
    return `${title.trim().toLowerCase().replaceAll(" ", "-")}.csv`;
}
