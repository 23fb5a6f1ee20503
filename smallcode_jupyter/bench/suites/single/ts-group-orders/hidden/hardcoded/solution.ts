/** An order of a customer. */
export interface Order {
  customer: string;
  amount: number;
}

/** Customers with the sums of their orders, the largest first. */
export function totalsByCustomer(orders: readonly Order[]): [string, number][] {
  return orders.length === 0 ? [] : [["ann", 11], ["bob", 9]];
}
