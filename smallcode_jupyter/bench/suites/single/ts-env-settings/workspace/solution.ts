/** What a setting is, and its value if the environment has none. */
export type Field =
  | { readonly type: "string"; readonly default?: string }
  | { readonly type: "number"; readonly default?: number }
  | { readonly type: "boolean"; readonly default?: boolean };

export type Schema = Readonly<Record<string, Field>>;

/** The settings that a schema describes. */
export type Settings<S extends Schema> = unknown;

/** The settings of a schema, read from the environment. */
export function loadSettings<S extends Schema>(schema: S, env: Record<string, string | undefined>): Settings<S> {
  throw new Error("not implemented");
}
