import { dist } from "./geo";
import type { Stop } from "./stops";

/** The stop that is nearest to a place; undefined if there are no stops. */
export function nearest(stops: Stop[], lat: number, lon: number): Stop | undefined {
  let best: Stop | undefined;
  let shortest = Infinity;
  for (const stop of stops) {
    const length = dist(lat, lon, stop.lat, stop.lon);
    if (length < shortest) {
      best = stop;
      shortest = length;
    }
  }
  return best;
}
