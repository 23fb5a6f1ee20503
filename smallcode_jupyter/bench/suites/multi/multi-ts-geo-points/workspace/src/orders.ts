import type { Stop } from "./stops";

/** Parcels for a stop. */
export interface Order {
  stop: string;
  parcels: number;
}

/** How many parcels each stop gets, in the order of the stops; stops without an order get 0. */
export function load(stops: Stop[], orders: Order[]): { stop: string; parcels: number }[] {
  return stops.map(({ name }) => ({
    stop: name,
    parcels: orders.filter((order) => order.stop === name).reduce((sum, order) => sum + order.parcels, 0),
  }));
}

/** The names in orders that are no stops. */
export function lost(stops: Stop[], orders: Order[]): string[] {
  const known = new Set(stops.map((stop) => stop.name));
  return [...new Set(orders.map((order) => order.stop))].filter((name) => !known.has(name));
}
