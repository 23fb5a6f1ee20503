// Runs in a process of its own: evaluates calls and bodies of tests on one module, and says what came of each.
// Reads one JSON object from standard input: `file` (the module), `works` (the text of an array of functions of the module,
// `assert` and `expect`), `report` (a file), `nonce`. Writes a JSON line for each function: `values` (what it returned
// and looked at, in a canonical form), and `error` with what is known of it.
import { appendFileSync, readFileSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";
import vm from "node:vm";

const LIMIT_MS = 1000;
const LATE = "ERR_SCRIPT_EXECUTION_TIMEOUT";
const spec = JSON.parse(readFileSync(0, "utf8"));
for (const name of ["log", "info", "warn", "error", "debug"]) console[name] = () => {};
let state = 1;
Math.random = () => (state = (state * 16807) % 2147483647) / 2147483647;

function plain(value, depth = 0) {
  if (depth > 8) return "...";
  if (typeof value === "number") return Number.isInteger(value) ? value : `~${value.toPrecision(9)}`;
  if (typeof value === "bigint") return `${value}n`;
  if (value === undefined) return "undefined";
  if (typeof value === "function") return `function ${value.name}`;
  if (value === null || typeof value !== "object") return value;
  const more = (item) => plain(item, depth + 1);
  if (Array.isArray(value)) return value.slice(0, 500).map(more);
  if (value instanceof Date) return `date ${value.getTime()}`;
  if (value instanceof RegExp) return String(value);
  if (value instanceof Set) return { set: [...value].map(more) };
  if (value instanceof Map) return { map: [...value].map(([key, item]) => [more(key), more(item)]) };
  if (value instanceof Error) return { error: value.name, message: value.message };
  if (typeof value.next === "function") return { iterator: take(value).map(more) };
  const name = value.constructor && value.constructor !== Object ? value.constructor.name : "";
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return { name, ...Object.fromEntries(entries.map(([key, item]) => [key, more(item)])) };
}

function take(iterator) {
  const found = [];
  for (let step = iterator.next(); !step.done && found.length < 500; step = iterator.next()) found.push(step.value);
  return found;
}

// Stands in for `assert` and `expect`: remembers what was looked at, and never fails.
function watcher(seen) {
  const note = (value) => void seen.push(value);
  const guarded = (work) => {
    try {
      const result = work();
      note(result);
      return result;
    } catch (error) {
      note({ threw: error?.name ?? String(error) });
    }
  };
  const assert = new Proxy(note, {
    get: (_, name) => {
      if (name === "throws" || name === "doesNotThrow") return guarded;
      if (name === "rejects") return async (work) => guarded(() => (typeof work === "function" ? work() : work));
      return name === "strict" || name === "default" ? assert : note;
    },
  });
  const expect = (value) => {
    if (typeof value === "function") guarded(value);
    else note(value);
    const chain = new Proxy(() => chain, { get: () => chain });
    return chain;
  };
  return { assert, expect };
}

function within(work) {
  globalThis.__work = work;
  return vm.runInThisContext("__work()", { timeout: LIMIT_MS });
}

async function settled(value) {
  if (typeof value?.then !== "function") return value;
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(Object.assign(new Error("did not end"), { name: "Timeout" })), LIMIT_MS);
  });
  return Promise.race([value, late]).finally(() => clearTimeout(timer));
}

function told(error) {
  if (error?.code === LATE) return { name: "Timeout", message: "did not end", line: "" };
  const place = /(?:file:\/\/)?(\/[^\s()]+?):(\d+):\d+/.exec(error?.stack ?? "");
  let line = "";
  try {
    const file = place && (place[0].startsWith("file:") ? fileURLToPath(`file://${place[1]}`) : place[1]);
    line = file ? (readFileSync(file, "utf8").split("\n")[Number(place[2]) - 1] ?? "").trim() : "";
  } catch { /* not a file */ }
  return { name: error?.name ?? typeof error, message: String(error?.message ?? error).slice(0, 300), line };
}

async function look(work, module, tries = 3) {
  const seen = [];
  const { assert, expect } = watcher(seen);
  const begun = process.cpuUsage();
  try {
    seen.push(await settled(within(() => work(module, assert, expect))));
    return { values: plain(seen) };
  } catch (error) {
    const used = process.cpuUsage(begun);
    // On a busy machine the time may be up before the work had its share of it.
    const isStarved = error?.code === LATE && (used.user + used.system) / 1000 < LIMIT_MS / 2;
    return isStarved && tries > 1 ? look(work, module, tries - 1) : { values: plain(seen), error: told(error) };
  }
}

function write(record) {
  appendFileSync(spec.report, JSON.stringify({ nonce: spec.nonce, ...record }) + "\n");
}

process.on("uncaughtException", () => {});
process.on("unhandledRejection", () => {});
const loaded = await import(pathToFileURL(spec.file).href);
const module = { ...(typeof loaded.default === "object" ? loaded.default : {}), ...loaded };
if (typeof loaded.default === "function" && loaded.default.name) module[loaded.default.name] ??= loaded.default;
write({ loaded: true });
for (const work of (0, eval)(spec.works)) write(await look(work, module));
process.exit(0);
