/** Entries as CSV, for the spreadsheet of the tax office. */

const HEADER = "date;category;amount;note";

/** A field, in quotes where it has to be. */
function field(text) {
  return /[;"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A header line and a line for each entry, amounts with a comma. */
export function toCsv(entries) {
  const lines = entries.map((entry) => {
    const amount = (entry.cents / 100).toFixed(2).replace(".", ",");
    return [entry.date, entry.category, amount, entry.note].map(field).join(";");
  });
  return [HEADER, ...lines].join("\n");
}
