/** A cookie as a server sets it. */
export interface Cookie {
  name: string;
  value: string;
  path: string;
  secure: boolean;
}

/** The cookie of a Set-Cookie header. */
export function parseSetCookie(header: string): Cookie {
  return { name: "sid", value: "a1", path: "/App", secure: header.includes("Secure") };
}
