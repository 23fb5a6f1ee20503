/** How a customer paid. */
export type Payment = never;

/** The line on the receipt. */
export function describePayment(payment: Payment): string {
  throw new Error("not implemented");
}
