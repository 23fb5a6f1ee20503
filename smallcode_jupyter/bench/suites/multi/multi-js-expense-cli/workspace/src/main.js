import { toCsv } from "./csv.js";
import { doubles } from "./doubles.js";
import { entryRow, money, totalRow } from "./format.js";
import { byDate, total } from "./ledger.js";
import { parseText } from "./parse.js";

/** What the program prints for its arguments and its input. Throws Error for wrong usage. */
export function main(args, text) {
  const [command, ...rest] = args;
  if (rest.length > 0) throw new Error(`unknown argument: ${rest[0]}`);
  const entries = parseText(text);
  if (command === "total") return money(total(entries));
  if (command === "list") return [...byDate(entries).map(entryRow), totalRow(total(entries))].join("\n");
  if (command === "csv") return toCsv(entries);
  if (command === "doubles") return doubles(entries).map(entryRow).join("\n") || "no doubles";
  throw new Error(`unknown command: ${command}`);
}
