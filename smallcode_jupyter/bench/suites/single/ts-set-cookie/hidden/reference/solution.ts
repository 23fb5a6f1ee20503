type SameSite = "Strict" | "Lax" | "None";

/** A cookie as a server sets it. */
export interface Cookie {
  name: string;
  value: string;
  path?: string;
  domain?: string;
  maxAge?: number;
  secure: boolean;
  httpOnly: boolean;
  sameSite?: SameSite;
}

const SAME_SITE: readonly SameSite[] = ["Strict", "Lax", "None"];

function split(part: string): [string, string | null] {
  const at = part.indexOf("=");
  return at < 0 ? [part.trim(), null] : [part.slice(0, at).trim(), part.slice(at + 1).trim()];
}

/** The cookie of a Set-Cookie header, or null if it is none. */
export function parseSetCookie(header: string): Cookie | null {
  const [first, ...attributes] = header.split(";");
  const [name, value] = split(first);
  if (!name || value === null) {
    return null;
  }
  const cookie: Cookie = { name, value: value.replace(/^"(.*)"$/, "$1"), secure: false, httpOnly: false };
  for (const attribute of attributes) {
    const [key, text] = split(attribute);
    const given = text ?? "";
    switch (key.toLowerCase()) {
      case "path":
        cookie.path = given;
        break;
      case "domain":
        cookie.domain = given.toLowerCase().replace(/^\./, "");
        break;
      case "max-age":
        if (/^-?\d+$/.test(given)) cookie.maxAge = Number(given);
        break;
      case "secure":
        cookie.secure = true;
        break;
      case "httponly":
        cookie.httpOnly = true;
        break;
      case "samesite":
        cookie.sameSite = SAME_SITE.find((word) => word.toLowerCase() === given.toLowerCase()) ?? cookie.sameSite;
        break;
    }
  }
  return cookie;
}
