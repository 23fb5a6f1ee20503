import { groupBy, totalsBy } from "./solution";

interface Order {
  name: string;
  amount: number;
}
declare const orders: readonly Order[];

const byName: Map<string, Order[]> = groupBy(orders, (order) => order.name);
const bySize: Map<boolean, Order[]> = groupBy(orders, (order) => order.amount > 10);
const totals: [string, number][] = totalsBy(orders, (order) => order.name, (order) => order.amount);
// @ts-expect-error the keys are texts
const wrong: Map<number, Order[]> = groupBy(orders, (order) => order.name);
// @ts-expect-error an amount is a number
totalsBy(orders, (order) => order.name, (order) => order.name);
// @ts-expect-error an order has no price
groupBy(orders, (order) => order.price);
export { byName, bySize, totals, wrong };
