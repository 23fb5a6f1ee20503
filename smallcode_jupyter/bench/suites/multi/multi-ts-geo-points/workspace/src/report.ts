import { nearest } from "./nearest";
import { routeLength } from "./route";
import type { Stop } from "./stops";

/** Two lines about a tour and a van that has broken down. */
export function report(stops: Stop[], lat: number, lon: number): string {
  const help = nearest(stops, lat, lon)?.name ?? "nobody";
  return `${stops.length} stops, ${routeLength(stops).toFixed(1)} km\nnearest help: ${help}`;
}
