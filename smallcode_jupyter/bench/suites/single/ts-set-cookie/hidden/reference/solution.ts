/** A cookie as a server sets it. */
export interface Cookie {
  name: string;
  value: string;
  path: string;
  secure: boolean;
}

/** The cookie of a Set-Cookie header. */
export function parseSetCookie(header: string): Cookie {
  const [first, ...rest] = header.split("; ");
  const [name, value] = first.split("=");
  const path = rest.find((part) => part.startsWith("Path="))?.slice(5) ?? "/";
  const secure = rest.includes("Secure");
  return { name, value, path, secure };
}
