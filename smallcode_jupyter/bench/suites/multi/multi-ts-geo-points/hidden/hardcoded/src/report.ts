import type { Point } from "./geo";
import { nearest } from "./nearest";
import { routeLength } from "./route";
import type { Stop } from "./stops";

/** Two lines about a tour and a van that has broken down. */
export function report(stops: Stop[], van: Point): string {
  const help = nearest(stops, van)?.name ?? "nobody";
  return `${stops.length} stops, ${routeLength(stops).toFixed(1)} km\nnearest help: ${help}`;
}
