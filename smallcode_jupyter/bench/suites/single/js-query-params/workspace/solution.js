/** The address with some of its query parameters set anew or removed. */
export function withParams(url, params) {
  throw new Error("not implemented");
}

/** The query parameters of an address as an object. */
export function readParams(url) {
  throw new Error("not implemented");
}
