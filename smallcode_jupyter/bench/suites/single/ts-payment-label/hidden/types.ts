import { describePayment, type Payment } from "./solution";

const payments: Payment[] = [
  { kind: "card", brand: "visa", last4: "4242" },
  { kind: "transfer", iban: "DE89" },
  { kind: "cash", received: 5, due: 4 },
];
const texts: string[] = payments.map((payment) => describePayment(payment));
// @ts-expect-error the digits are missing
describePayment({ kind: "card", brand: "visa" });
// @ts-expect-error there is no such kind
describePayment({ kind: "cheque", iban: "DE89" });
// @ts-expect-error amounts are numbers
describePayment({ kind: "cash", received: "5", due: 4 });
// @ts-expect-error the kind comes first
describePayment({ iban: "DE89" });
export function brandOf(payment: Payment): string {
  return payment.kind === "card" ? payment.brand : "";
}
export { texts };
