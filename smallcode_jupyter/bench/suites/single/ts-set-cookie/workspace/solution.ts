/** A cookie as a server sets it. */
export interface Cookie {
  name: string;
  value: string;
  path: string;
  secure: boolean;
}

/** The cookie of a Set-Cookie header. */
export function parseSetCookie(header: string): Cookie {
  throw new Error("not implemented");
}
