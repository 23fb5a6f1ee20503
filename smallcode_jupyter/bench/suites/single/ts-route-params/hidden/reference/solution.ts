/** The path with the parameters' values in their places. */
export function buildPath(pattern: string, params: Record<string, string | number>): string {
  const segments = pattern.split("/").map((segment) => {
    return segment.startsWith(":") ? encodeURIComponent(params[segment.slice(1)]) : segment;
  });
  return segments.join("/");
}
