/** Environment variables. */
export type Env = Record<string, string | undefined>;

/** A variable as a number, or the fallback if it is not set. */
export function numberSetting(env: Env, name: string, fallback: number): number {
  const text = env[name];
  if (text === undefined || text === "") {
    return fallback;
  }
  const value = Number(text);
  if (Number.isNaN(value)) {
    throw new Error(`${name}: not a number`);
  }
  return value;
}
