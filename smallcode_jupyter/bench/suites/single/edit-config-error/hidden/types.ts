import { ConfigError, type Env, readPort, readSwitch, readText } from "./solution";

const env: Env = { HOST: "a", PORT: undefined };
const error: ConfigError = new ConfigError("HOST", "HOST is not set");
export const plain: Error = error;
export const key: string = error.key;
export const values: [string, number, boolean] = [readText(env, "A"), readPort(env, "P"), readSwitch(env, "D")];
