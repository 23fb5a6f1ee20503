import { dist } from "./geo";
import type { Stop } from "./stops";

/** The length of a tour from stop to stop, in kilometres. */
export function routeLength(stops: Stop[]): number {
  let length = 0;
  for (let index = 1; index < stops.length; index++) {
    const from = stops[index - 1]!;
    const to = stops[index]!;
    length += dist(from.lat, from.lon, to.lat, to.lon);
  }
  return length;
}
