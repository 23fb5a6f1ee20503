import { describePayment, type Payment } from "./solution";

const payments: Payment[] = [
  { kind: "card", brand: "visa", last4: "4242" },
  { kind: "transfer", iban: "DE89" },
  { kind: "cash", received: 5, due: 4 },
];
const texts: string[] = payments.map((payment) => describePayment(payment));
// @ts-expect-error there is no such kind
describePayment({ kind: "cheque", iban: "DE89" });
export { texts };
