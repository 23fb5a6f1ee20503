// Runs in a process of its own: evaluates a module's examples step by step, and says what came of each.
// Reads one JSON object from standard input: `file` (the module), `isScript` (no module: its top level is evaluated),
// `groups` (arrays of steps: `index`, `kind`, `source`, `right`), `report` (a file), `nonce`, `milliseconds` (of a step).
// Writes JSON lines with the nonce to the report, so that nothing the module prints can be taken for a result.
import { closeSync, openSync, readFileSync, writeSync } from "node:fs";
import assert from "node:assert";
import { inspect } from "node:util";
import { pathToFileURL } from "node:url";
import vm from "node:vm";

const spec = JSON.parse(readFileSync(0, "utf8"));
const { stringify } = JSON;
const report = openSync(spec.report, "a", 0o600);
const MOST_ITEMS = 2000;
let printed = "";
for (const stream of [process.stdout, process.stderr]) {
  stream.write = (text) => {
    if (stream === process.stdout && printed.length < 20000) printed += text;
    return true;
  };
}

function send(fields) {
  writeSync(report, stringify({ ...fields, nonce: spec.nonce }) + "\n");
}

function encode(value, left = { items: MOST_ITEMS }, depth = 0) {
  if (--left.items < 0 || depth > 30) throw new RangeError("too large");
  const more = (item) => encode(item, left, depth + 1);
  if (value === null || typeof value === "boolean") return ["constant", value];
  if (value === undefined) return ["other", "undefined", "undefined"];
  if (typeof value === "number") return Number.isSafeInteger(value) ? ["int", hexadecimal(BigInt(value))] : ["float", float(value)];
  if (typeof value === "bigint") return ["int", hexadecimal(value)];
  if (typeof value === "string") return ["str", value];
  if (Array.isArray(value) || ArrayBuffer.isView(value)) return ["list", Array.from(value, more)];
  if (value instanceof Set) return ["set", Array.from(value, more)];
  if (value instanceof Map) return ["dict", Array.from(value, ([key, item]) => [more(key), more(item)])];
  if (typeof value !== "object" || value instanceof Date || value instanceof Error || value instanceof RegExp) {
    return ["other", typeof value === "object" ? value.constructor?.name ?? "object" : typeof value, show(value)];
  }
  return ["dict", Object.keys(value).map((key) => [["str", key], more(value[key])])];
}

const hexadecimal = (value) => (value < 0n ? `-${(-value).toString(16)}` : value.toString(16));
const float = (value) => (Number.isNaN(value) ? "nan" : value === Infinity ? "inf" : value === -Infinity ? "-inf" : String(value));
const show = (value) => inspect(value, { depth: 6, breakLength: Infinity, compact: true, maxArrayLength: 50 }).slice(0, 600);

function told(error) {
  if (error?.code === "ERR_SCRIPT_EXECUTION_TIMEOUT") return { type: "Timeout", message: "", kinds: [], file: "", line: 0 };
  const place = /(?:file:\/\/)?(\/[^\s():]+):(\d+):\d+\)?$/m.exec(
    String(error?.stack ?? "").split("\n").filter((line) => line.includes(spec.root)).join("\n"),
  );
  const kinds = [];
  for (let kind = Object.getPrototypeOf(Object(error)); kind; kind = Object.getPrototypeOf(kind)) kinds.push(kind.constructor?.name ?? "");
  const name = error instanceof Error ? error.name : typeof error;
  const message = error instanceof Error ? error.message : show(error);
  return { type: name, kinds, message: String(message).slice(0, 1000), file: place?.[1] ?? "", line: Number(place?.[2] ?? 0) };
}

async function evaluate(source) {
  const value = vm.runInThisContext(source, { timeout: spec.milliseconds, filename: "example" });
  if (typeof value?.then !== "function") return value;
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(Object.assign(new Error("late"), { code: "ERR_SCRIPT_EXECUTION_TIMEOUT" })), spec.milliseconds);
  });
  return Promise.race([value, late]).finally(() => clearTimeout(timer));
}

async function look(source) {
  const value = await evaluate(`(\n${source}\n)`);
  try {
    return { value: encode(value), repr: show(value), truth: Boolean(value) };
  } catch {
    return { value: ["other", typeof value, show(value)], repr: show(value), truth: Boolean(value) };
  }
}

async function runStep(step) {
  if (step.kind === "run") {
    await evaluate(step.source);
    return {};
  }
  const found = await look(step.source);
  return step.kind === "equal" ? { ...found, right: await look(step.right) } : found;
}

async function load() {
  if (spec.isScript) {
    vm.runInThisContext(readFileSync(spec.file, "utf8"), { filename: spec.file, timeout: spec.milliseconds * 4 });
    return;
  }
  const loaded = await import(pathToFileURL(spec.file).href);
  const plain = loaded.default;
  const names = { ...(plain !== null && typeof plain === "object" ? plain : {}), ...loaded };
  if (typeof plain === "function" && plain.name) names[plain.name] ??= plain;
  delete names.default;
  Object.assign(globalThis, names);
}

process.on("uncaughtException", () => {});
process.on("unhandledRejection", () => {});
globalThis.assert = assert;
send({ stage: "ready" });
let isLoaded = false;
try {
  await load();
  isLoaded = true;
  send({ stage: "imported" });
} catch (error) {
  send({ stage: "import", error: told(error) });
}
for (const group of isLoaded ? spec.groups : []) {
  for (const step of group) {
    send({ stage: "started", index: step.index });
    printed = "";
    try {
      send({ stage: "finished", index: step.index, ...(await runStep(step)), output: printed });
    } catch (error) {
      const isSyntax = error instanceof SyntaxError && String(error.stack).startsWith("example:");
      send({ stage: isSyntax ? "dropped" : "finished", index: step.index, error: told(error), output: printed });
    }
  }
}
send({ stage: "done" });
closeSync(report);
process.exit(0);
