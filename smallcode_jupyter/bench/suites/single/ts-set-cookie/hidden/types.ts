import { parseSetCookie, type Cookie } from "./solution";

const found: Cookie = parseSetCookie("a=b");
const secure: boolean = found.secure;
// @ts-expect-error secure is missing
const open: Cookie = { name: "a", value: "b", path: "/" };
export { secure, open };
