import { dist } from "./geo";
import type { Stop } from "./stops";

/** A round delivery zone. */
export interface Zone {
  lat: number;
  lon: number;
  km: number;
}

/** Splits stops into those within a zone (its edge included) and the others. */
export function splitByZone(zone: Zone, stops: Stop[]): { inside: Stop[]; outside: Stop[] } {
  const isInside = (stop: Stop): boolean => dist(zone.lat, zone.lon, stop.lat, stop.lon) <= zone.km;
  return { inside: stops.filter(isInside), outside: stops.filter((stop) => !isInside(stop)) };
}
