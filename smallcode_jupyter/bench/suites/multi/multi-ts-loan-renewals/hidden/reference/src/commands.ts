import type { Desk } from "./desk";
import { fee, feeText } from "./fees";
import { notice } from "./notice";

/** Answers one typed line: "lend BOOK READER", "back ID", "renew ID" "list READER" or "late". */
export function answer(desk: Desk, line: string, today: string): string {
  const [command, first = "", second = ""] = line.trim().split(/\s+/);
  try {
    switch (command) {
      case "lend":
        return notice(desk.lend(first, second, today), today);
      case "back": {
        const loan = desk.giveBack(Number(first));
        const cents = fee(loan, today);
        return cents > 0 ? `${loan.book} is back, ${feeText(cents)} to pay` : `${loan.book} is back`;
      }
      case "renew":
        return notice(desk.renew(Number(first), today), today);
      case "list":
        return desk.loansOf(first).map((loan) => notice(loan, today)).join("\n") || "nothing";
      case "late":
        return desk.late(today).map((loan) => `${loan.reader}: ${notice(loan, today)}`).join("\n") || "nothing";
      default:
        return `error: unknown command ${command}`;
    }
  } catch (error) {
    return `error: ${(error as Error).message}`;
  }
}
