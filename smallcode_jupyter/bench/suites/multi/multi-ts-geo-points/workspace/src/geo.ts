const RADIUS_KM = 6371;
const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/** Kilometres between two places on the globe, given in degrees. */
export function dist(lat1: number, lon1: number, lat2: number, lon2: number): number {
  const north = Math.sin(radians(lat2 - lat1) / 2) ** 2;
  const east = Math.sin(radians(lon2 - lon1) / 2) ** 2;
  const square = north + Math.cos(radians(lat1)) * Math.cos(radians(lat2)) * east;
  return 2 * RADIUS_KM * Math.asin(Math.sqrt(square));
}
