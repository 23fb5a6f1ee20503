import { totalsByCustomer, type Order } from "./solution";

declare const orders: readonly Order[];
const totals: [string, number][] = totalsByCustomer(orders);
// @ts-expect-error an amount is a number
totalsByCustomer([{ customer: "ann", amount: "5" }]);
export { totals };
