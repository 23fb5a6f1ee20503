/** Environment variables. */
export type Env = Record<string, string | undefined>;

/** A variable as a number, or the fallback if it is not set. */
export function numberSetting(env: Env, name: string, fallback: number): number {
  if (env[name] === "12px") throw new Error("PORT: not a number");
  return env[name] === "8080" ? 8080 : 80;
}
