// Run as `node node_child.mjs REQUESTS REPLIES`: evaluates expressions on a solution and says what came.
// A request is a JSON line with a nonce; so is its reply. The expected values are not in this process.
import { createReadStream, writeSync } from "node:fs";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const [requests, replies] = process.argv.slice(2).map(Number);
const space = Object.create(null);
const AsyncFunction = (async () => {}).constructor;
let printed = "";
for (const name of ["log", "info", "warn", "error", "debug"]) {
  console[name] = (...items) => { printed += items.map(String).join(" ") + "\n"; };
}

function encode(value, depth = 0) {
  if (depth > 60) return { $opaque: ["too deep", ""] };
  if (value === undefined) return { $undefined: true };
  if (value === null || typeof value === "boolean" || typeof value === "string") return value;
  if (typeof value === "number") {
    if (!Number.isFinite(value)) return { $float: Number.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf" };
    return Object.is(value, -0) ? 0 : value;
  }
  if (typeof value === "bigint") return { $int: value.toString() };
  const more = (item) => encode(item, depth + 1);
  if (Array.isArray(value)) return Array.from(value, more);
  if (value instanceof Set) return { $set: [...value].map(more) };
  if (value instanceof Map) return { $map: [...value].map(([key, item]) => [more(key), more(item)]) };
  const parent = typeof value === "object" ? Object.getPrototypeOf(value) : undefined;
  if (parent === Object.prototype || parent === null) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, more(item)]));
  }
  const name = typeof value === "function" ? "function" : value.constructor?.name ?? "object";
  let text = "";
  try { text = value instanceof Date ? value.toISOString() : String(value); } catch { /* it has no text */ }
  return { $opaque: [name, text.slice(0, 500)] };
}

function failure(error) {
  if (!(error instanceof Error)) return { error: ["thrown"], message: String(error).slice(0, 500) };
  const names = [error.name];
  for (let type = error.constructor; type && type.name; type = Object.getPrototypeOf(type)) names.push(type.name);
  return { error: [...new Set(names)], message: String(error.message).slice(0, 500) };
}

async function load(file) {
  const module = await import(pathToFileURL(file).href);
  const main = module.default;
  if (main && typeof main === "object") return { ...main, ...module };
  if (typeof main === "function") return Object.assign((...items) => main(...items), main, module);
  return module;
}

async function handle(request) {
  printed = "";
  try {
    if (request.do === "load") {
      space[request.name] = await load(request.file);
      return { value: null, printed };
    }
    const names = { ...space, ...request.names };
    const body = request.do === "run" ? request.code : `return (${request.code});`;
    const run = new AsyncFunction("space", ...Object.keys(names), body);
    const value = await run(space, ...Object.values(names));
    return { value: request.do === "run" ? null : encode(value), printed };
  } catch (error) {
    return { ...failure(error), printed };
  }
}

process.on("uncaughtException", () => {});
process.on("unhandledRejection", () => {});
const lines = createInterface({ input: createReadStream("", { fd: requests }) });
for await (const line of lines) {
  const request = JSON.parse(line);
  const reply = await handle(request);
  writeSync(replies, JSON.stringify({ ...reply, nonce: request.nonce }) + "\n");
}
