import { distanceKm } from "./geo";
import type { Stop } from "./stops";

const PAUSE_MINUTES = 10;

/** "09:05" for 545. */
export function clock(minutes: number): string {
  const rounded = Math.round(minutes);
  const hours = String(Math.floor(rounded / 60) % 24).padStart(2, "0");
  return `${hours}:${String(rounded % 60).padStart(2, "0")}`;
}

/** When a van that starts at a minute of the day gets to each stop, e.g. "09:05 Depot"; it pauses at each. */
export function schedule(stops: Stop[], start: number, kmPerHour: number): string[] {
  let minutes = start;
  let last: Stop | undefined;
  return stops.map((stop) => {
    if (last) {
      minutes += PAUSE_MINUTES + (60 * distanceKm(last, stop)) / kmPerHour;
    }
    last = stop;
    return `${clock(minutes)} ${stop.name}`;
  });
}
