/** A cookie as a server sets it. */
export interface Cookie {
  name: string;
  value: string;
}

/** The cookie of a Set-Cookie header, or null if it is none. */
export function parseSetCookie(header: string): Cookie | null {
  throw new Error("not implemented");
}
