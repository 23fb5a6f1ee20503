/** A place where a van stops. */
export interface Stop {
  name: string;
  lat: number;
  lon: number;
}

/** Reads lines such as "Depot; 52.52; 13.40". */
export function parseStops(text: string): Stop[] {
  return text
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => {
      const [name = "", lat, lon] = line.split(";").map((part) => part.trim());
      return { name, lat: Number(lat), lon: Number(lon) };
    });
}
