import { Desk, MOST_RENEWALS, RENEWAL_DAYS, type Loan } from "./index";

const desk = new Desk();
const renewed: Loan = desk.renew(1, "2026-03-05");
const times: number = renewed.renewals;
const days: number = RENEWAL_DAYS + MOST_RENEWALS + times;
export const all: Loan = { id: 1, book: "Dune", reader: "ann", due: "2026-03-05", renewals: days };

// @ts-expect-error: a loan always has its renewals
export const some: Loan = { id: 1, book: "Dune", reader: "ann", due: "2026-03-05" };
// @ts-expect-error: an id is a number
desk.renew("1", "2026-03-05");
// @ts-expect-error: a date is text
desk.renew(1, 5);
