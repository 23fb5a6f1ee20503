import { distanceKm, type Point } from "./geo";
import type { Stop } from "./stops";

/** The stop that is nearest to a place; undefined if there are no stops. */
export function nearest(stops: Stop[], from: Point): Stop | undefined {
  let best: Stop | undefined;
  let shortest = Infinity;
  for (const stop of stops) {
    const length = distanceKm(from, stop);
    if (length < shortest) {
      best = stop;
      shortest = length;
    }
  }
  return best;
}
