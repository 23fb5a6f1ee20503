import { parseSetCookie, type Cookie } from "./solution";

const small: Cookie = { name: "a", value: "b", secure: false, httpOnly: true };
const full: Cookie = { ...small, path: "/", domain: "x.org", maxAge: 5, sameSite: "Lax" };
const found: Cookie | null = parseSetCookie("a=b");
const site: "Strict" | "Lax" | "None" | undefined = full.sameSite;
const age: number | undefined = full.maxAge;
// @ts-expect-error the result may be null
parseSetCookie("a=b").name;
// @ts-expect-error there is no such word
const odd: Cookie = { ...small, sameSite: "Sometimes" };
// @ts-expect-error an age is a number
const old: Cookie = { ...small, maxAge: "5" };
// @ts-expect-error secure is missing
const open: Cookie = { name: "a", value: "b", httpOnly: true };
export { found, site, age, odd, old, open };
