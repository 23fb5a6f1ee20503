/** The address with some of its query parameters set anew or removed. */
export function withParams(url, params) {
  const result = new URL(url);
  for (const [name, value] of Object.entries(params)) {
    result.searchParams.delete(name);
    const values = Array.isArray(value) ? value : value == null ? [] : [value];
    for (const item of values) {
      result.searchParams.append(name, String(item));
    }
  }
  return result.toString();
}

/** The query parameters of an address as an object. */
export function readParams(url) {
  const { searchParams } = new URL(url);
  const found = {};
  for (const name of new Set(searchParams.keys())) {
    const values = searchParams.getAll(name);
    found[name] = values.length > 1 ? values : values[0];
  }
  return found;
}
