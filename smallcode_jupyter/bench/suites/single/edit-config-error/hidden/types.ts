import { type Config, ConfigError, type Env, explain, readConfig, readPort, readSwitch, readText, type Reason } from "./solution";

const env: Env = { HOST: "a", PORT: undefined };
const reason: Reason = "missing";
const error: ConfigError = new ConfigError("HOST", reason, "HOST is not set");
export const plain: Error = error;
export const key: string = error.key;
export const why: "missing" | "invalid" = error.reason;
export const text: string = explain(error) + explain(new Error("x")) + explain(7);
export const config: Config = readConfig(env);
export const values: [string, number, boolean] = [readText(env, "A", "b"), readPort(env, "P", 1), readSwitch(env, "D", true)];
// @ts-expect-error there is no such reason
new ConfigError("HOST", "broken", "x");
// @ts-expect-error a reason is wanted
new ConfigError("HOST");
// @ts-expect-error the key cannot be changed
error.key = "PORT";
// @ts-expect-error nor can the reason
error.reason = "invalid";
