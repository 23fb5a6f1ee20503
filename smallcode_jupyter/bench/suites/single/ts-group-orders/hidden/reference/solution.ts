/** An order of a customer. */
export interface Order {
  customer: string;
  amount: number;
}

/** Customers with the sums of their orders, the largest first. */
export function totalsByCustomer(orders: readonly Order[]): [string, number][] {
  const totals = new Map<string, number>();
  for (const { customer, amount } of orders) {
    totals.set(customer, (totals.get(customer) ?? 0) + amount);
  }
  return [...totals].sort((a, b) => b[1] - a[1]);
}
