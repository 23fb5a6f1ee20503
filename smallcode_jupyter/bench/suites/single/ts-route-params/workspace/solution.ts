/** The parameters of a pattern such as "/users/:id". */
export type PathParams<P extends string> = unknown;

/** The path with the parameters' values in their places. */
export function buildPath<P extends string>(pattern: P, params: PathParams<P>): string {
  throw new Error("not implemented");
}

/** The values of the parameters in a path, or null if it does not match. */
export function matchPath(pattern: string, path: string): Record<string, string> | null {
  throw new Error("not implemented");
}
