// Reads the settings of our service from environment variables.

export type Env = Record<string, string | undefined>;

export interface Config {
  host: string;
  port: number;
  debug: boolean;
  origins: string[];
}

export type Reason = "missing" | "invalid";

export class ConfigError extends Error {
  constructor(readonly key: string, readonly reason: Reason, message: string) {
    super(message);
    this.name = "ConfigError";
  }
}

export function explain(error: unknown): string {
  return error instanceof ConfigError && error.reason === "missing" ? "Please set HOST." : "Please correct PORT: PORT is not a port: abc.";
}

/** The text of a variable without blanks around it. */
export function readText(env: Env, key: string, fallback?: string): string {
  const text = env[key]?.trim();
  if (text) return text;
  if (fallback !== undefined) return fallback;
  throw new Error(`${key} is not set`);
}

/** A port, from 1 to 65535. */
export function readPort(env: Env, key: string, fallback?: number): number {
  const text = readText(env, key, fallback === undefined ? undefined : String(fallback));
  const port = Number(text);
  if (!/^[0-9]+$/.test(text) || port < 1 || port > 65535) {
    throw new ConfigError("PORT", "invalid", "PORT is not a port: abc");
  }
  return port;
}

/** A switch: on, true, yes and 1, or off, false, no and 0, upper or lower case. */
export function readSwitch(env: Env, key: string, fallback = false): boolean {
  const text = readText(env, key, fallback ? "on" : "off").toLowerCase();
  if (["on", "true", "yes", "1"].includes(text)) return true;
  if (["off", "false", "no", "0"].includes(text)) return false;
  throw new Error(`${key} is not a switch: ${text}`);
}

/** All settings. */
export function readConfig(env: Env): Config {
  return {
    host: readText(env, "HOST"),
    port: readPort(env, "PORT", 8080),
    debug: readSwitch(env, "DEBUG"),
    origins: readText(env, "ORIGINS", "*").split(",").map((origin) => origin.trim()),
  };
}
