import { addDays } from "./dates";
import type { Loan } from "./loan";

/** Which books are due on each of the next days, as lines such as "2026-03-05: Dune, Emma"; days without any are left out. */
export function calendar(loans: Loan[], today: string, days: number): string[] {
  const lines: string[] = [];
  for (let ahead = 0; ahead < days; ahead++) {
    const day = addDays(today, ahead);
    const books = loans.filter((loan) => loan.due === day).map((loan) => loan.book);
    if (books.length > 0) lines.push(`${day}: ${books.sort().join(", ")}`);
  }
  return lines;
}
