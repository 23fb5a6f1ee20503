import type { Desk } from "./desk";
import { notice } from "./notice";

/** Answers one typed line: "lend BOOK READER", "back ID", "renew ID" or "list READER". */
export function answer(desk: Desk, line: string, today: string): string {
  const [command, first = "", second = ""] = line.trim().split(/\s+/);
  try {
    switch (command) {
      case "lend":
        return notice(desk.lend(first, second, today), today);
      case "back":
        return `${desk.giveBack(Number(first)).book} is back`;
      case "renew":
        return notice(desk.renew(Number(first), today), today);
      case "list":
        return desk.loansOf(first).map((loan) => notice(loan, today)).join("\n") || "nothing";
      default:
        return `error: unknown command ${command}`;
    }
  } catch (error) {
    return `error: ${(error as Error).message}`;
  }
}
