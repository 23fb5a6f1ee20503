const RADIUS_KM = 6371;
const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/** A place on the globe, in degrees. */
export interface Point {
  lat: number;
  lon: number;
}

/** Kilometres between two places on the globe. */
export function distanceKm(a: Point, b: Point): number {
  const north = Math.sin(radians(b.lat - a.lat) / 2) ** 2;
  const east = Math.sin(radians(b.lon - a.lon) / 2) ** 2;
  const square = north + Math.cos(radians(a.lat)) * Math.cos(radians(b.lat)) * east;
  return 2 * RADIUS_KM * Math.asin(Math.sqrt(square));
}
