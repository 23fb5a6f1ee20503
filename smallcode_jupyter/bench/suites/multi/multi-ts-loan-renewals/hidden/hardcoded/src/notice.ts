import { daysBetween } from "./dates";
import type { Loan } from "./loan";

/** One line about a loan, e.g. "#1 Dune: due 2026-03-05" or "#1 Dune: 3 days late". */
export function notice(loan: Loan, today: string): string {
  const late = daysBetween(loan.due, today);
  const state = late > 0 ? `${late} ${late === 1 ? "day" : "days"} late` : `due ${loan.due}`;
  const renewed = loan.renewals > 0 ? `, renewed ${loan.renewals}x` : "";
  return `#${loan.id} ${loan.book}: ${state}${renewed}`;
}
