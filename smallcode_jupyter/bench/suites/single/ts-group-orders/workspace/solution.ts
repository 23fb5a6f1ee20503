/** An order of a customer. */
export interface Order {
  customer: string;
  amount: number;
}

/** Customers with the sums of their orders, the largest first. */
export function totalsByCustomer(orders: readonly Order[]): [string, number][] {
  throw new Error("not implemented");
}
