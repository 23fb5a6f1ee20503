import { daysBetween } from "./dates";
import type { Loan } from "./loan";

const CENTS_A_DAY = 20;
const MOST_CENTS = 600;

/** What has to be paid if a book comes back today, in cents. */
export function fee(loan: Loan, today: string): number {
  const late = Math.max(0, daysBetween(loan.due, today));
  return Math.min(MOST_CENTS, late * CENTS_A_DAY);
}

/** "1.40 EUR" for 140. */
export function feeText(cents: number): string {
  return `${(cents / 100).toFixed(2)} EUR`;
}
