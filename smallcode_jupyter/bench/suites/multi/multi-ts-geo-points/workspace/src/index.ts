export { dist } from "./geo";
export { nearest } from "./nearest";
export { report } from "./report";
export { routeLength } from "./route";
export { parseStops, type Stop } from "./stops";
export { splitByZone, type Zone } from "./zone";
