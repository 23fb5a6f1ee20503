export { calendar } from "./calendar";
export { answer } from "./commands";
export { addDays, daysBetween } from "./dates";
export { Desk } from "./desk";
export { fee, feeText } from "./fees";
export { LOAN_DAYS, type Loan } from "./loan";
export { notice } from "./notice";
