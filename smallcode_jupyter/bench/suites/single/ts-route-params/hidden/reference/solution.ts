type ParamNames<P extends string> = P extends `${infer Head}/${infer Rest}`
  ? ParamNames<Head> | ParamNames<Rest>
  : P extends `:${infer Name}`
    ? Name
    : never;

/** The parameters of a pattern such as "/users/:id". */
export type PathParams<P extends string> = { [Name in ParamNames<P>]: string | number };

/** The path with the parameters' values in their places. */
export function buildPath<P extends string>(pattern: P, params: PathParams<P>): string {
  const values = params as Record<string, string | number>;
  const segments = pattern.split("/").map((segment) => {
    if (!segment.startsWith(":")) {
      return segment;
    }
    const value = String(values[segment.slice(1)]);
    if (value === "") {
      throw new Error(`${segment} is empty`);
    }
    return encodeURIComponent(value);
  });
  return segments.join("/");
}

/** The values of the parameters in a path, or null if it does not match. */
export function matchPath(pattern: string, path: string): Record<string, string> | null {
  const wanted = pattern.split("/");
  const given = path.split("/");
  if (wanted.length !== given.length) {
    return null;
  }
  const params: Record<string, string> = {};
  for (const [index, segment] of wanted.entries()) {
    if (!segment.startsWith(":")) {
      if (segment !== given[index]) return null;
    } else if (given[index] === "") {
      return null;
    } else {
      params[segment.slice(1)] = decodeURIComponent(given[index]);
    }
  }
  return params;
}
