export { dist } from "./geo";
export { nearest } from "./nearest";
export { load, lost, type Order } from "./orders";
export { report } from "./report";
export { routeLength } from "./route";
export { clock, schedule } from "./schedule";
export { parseStops, type Stop } from "./stops";
export { splitByZone, type Zone } from "./zone";
