/** The query parameters of an address as an object. */
export function readParams(url) {
  throw new Error("not implemented");
}
