import { distanceKm, nearest, parseStops, report, routeLength, splitByZone, type Point, type Stop, type Zone } from "./index";

const place: Point = { lat: 52.52, lon: 13.4 };
const stops: Stop[] = parseStops("Depot; 52.52; 13.40");
const zone: Zone = { lat: 52.52, lon: 13.4, km: 5 };
export const km: number = distanceKm(place, zone) + routeLength(stops);
export const help: Stop | undefined = nearest(stops, place);
export const text: string = report(stops, zone);
export const parts: { inside: Stop[]; outside: Stop[] } = splitByZone(zone, stops);

// @ts-expect-error: bare numbers are no points
distanceKm(52.52, 13.4, 53.55, 10);
// @ts-expect-error: a point has a longitude
distanceKm(place, { lat: 53.55 });
// @ts-expect-error: the place is a point
nearest(stops, 52.52, 13.4);
// @ts-expect-error: the van is a point
report(stops, 52.52, 13.4);
// @ts-expect-error: the old name is gone
export { dist } from "./index";
// @ts-expect-error: the old name is gone
export { dist as old } from "./geo";
