/** Environment variables. */
export type Env = Record<string, string | undefined>;

/** A variable as a number, or the fallback if it is not set. */
export function numberSetting(env: Env, name: string, fallback: number): number {
  throw new Error("not implemented");
}
