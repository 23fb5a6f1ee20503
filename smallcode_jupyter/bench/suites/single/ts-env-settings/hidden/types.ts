import { loadSettings, type Settings } from "./solution";

const settings = loadSettings(
  { PORT: { type: "number", default: 80 }, HOST: { type: "string" }, DEBUG: { type: "boolean", default: false } },
  {},
);
const port: number = settings.PORT;
const host: string = settings.HOST;
const debug: boolean = settings.DEBUG;
const sample: Settings<{ A: { type: "number" }; B: { type: "string" } }> = { A: 1, B: "x" };
// @ts-expect-error the port is a number
const text: string = settings.PORT;
// @ts-expect-error the host is a text
const number: number = settings.HOST;
// @ts-expect-error debug is a boolean
const word: string = settings.DEBUG;
// @ts-expect-error there is no such setting
settings.USER;
// @ts-expect-error no setting is optional
const part: Settings<{ A: { type: "number" }; B: { type: "string" } }> = { A: 1 };
// @ts-expect-error there is no such type
loadSettings({ PORT: { type: "integer" } }, {});
// @ts-expect-error the default is a number, too
loadSettings({ PORT: { type: "number", default: "80" } }, {});
export { port, host, debug, sample, text, number, word, part };
