/** How a customer paid; `received` and `due` are whole cents. */
export type Payment =
  | { kind: "card"; brand: string; last4: string }
  | { kind: "transfer"; iban: string }
  | { kind: "cash"; received: number; due: number };

/** The line on the receipt. */
export function describePayment(payment: Payment): string {
  throw new Error("not implemented");
}
