/** How a customer paid; `received` and `due` are whole cents. */
export type Payment =
  | { kind: "card"; brand: string; last4: string }
  | { kind: "transfer"; iban: string }
  | { kind: "cash"; received: number; due: number };

/** The line on the receipt. */
export function describePayment(payment: Payment): string {
  switch (payment.kind) {
    case "card":
      return `${payment.brand.toUpperCase()} ending in ${payment.last4}`;
    case "transfer":
      return `Bank transfer from ${payment.iban}`;
    case "cash":
      return `Cash, change ${((payment.received - payment.due) / 100).toFixed(2)}`;
  }
}
