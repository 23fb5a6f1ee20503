import { toCsv } from "./csv.js";
import { doubles } from "./doubles.js";
import { categoryRow, entryRow, money, totalRow } from "./format.js";
import { byCategory, byDate, ofMonth, total } from "./ledger.js";
import { parseText } from "./parse.js";

/** What the program prints for its arguments and its input. Throws Error for wrong usage. */
export function main(args, text) {
  const [command, ...rest] = args;
  let month = null;
  if (rest[0] === "--month") {
    month = rest[1] ?? "";
    if (!/^\d{4}-\d{2}$/.test(month)) throw new Error("bad month");
    rest.splice(0, 2);
  }
  if (rest.length > 0) throw new Error(`unknown argument: ${rest[0]}`);
  const all = parseText(text);
  const entries = month === null ? all : ofMonth(all, month);
  const last = totalRow(total(entries));
  if (command === "total") return money(total(entries));
  if (command === "list") return [...byDate(entries).map(entryRow), last].join("\n");
  if (command === "summary") return [...byCategory(entries).map(categoryRow), last].join("\n");
  if (command === "csv") return toCsv(entries);
  if (command === "doubles") return doubles(entries).map(entryRow).join("\n") || "no doubles";
  throw new Error(`unknown command: ${command}`);
}
