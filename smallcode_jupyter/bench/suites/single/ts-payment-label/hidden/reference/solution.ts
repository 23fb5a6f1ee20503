/** How a customer paid. */
export type Payment =
  | { kind: "card"; brand: string; last4: string }
  | { kind: "transfer"; iban: string }
  | { kind: "cash"; received: number; due: number };

/** The line on the receipt. */
export function describePayment(payment: Payment): string {
  switch (payment.kind) {
    case "card":
      return `${payment.brand.toUpperCase()} ending in ${payment.last4}`;
    case "transfer": {
      const iban = payment.iban.replace(/\s/g, "");
      return `Bank transfer from ${iban.slice(0, 4)}...${iban.slice(-4)}`;
    }
    case "cash": {
      const change = payment.received - payment.due;
      if (change < 0) {
        throw new RangeError("not enough cash");
      }
      return change === 0 ? "Cash, exact" : `Cash, change ${(change / 100).toFixed(2)}`;
    }
  }
}
