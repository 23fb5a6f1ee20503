import { numberSetting, type Env } from "./solution";

const env: Env = { PORT: "80", HOST: undefined };
const port: number = numberSetting(env, "PORT", 80);
// @ts-expect-error the fallback is a number
numberSetting(env, "PORT", "80");
// @ts-expect-error the result is a number
const text: string = numberSetting(env, "PORT", 80);
export { port, text };
