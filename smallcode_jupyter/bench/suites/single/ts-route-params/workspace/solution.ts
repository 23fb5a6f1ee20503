/** The path with the parameters' values in their places. */
export function buildPath(pattern: string, params: Record<string, string | number>): string {
  throw new Error("not implemented");
}
