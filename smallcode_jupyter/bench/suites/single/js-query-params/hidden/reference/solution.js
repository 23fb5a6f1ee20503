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
