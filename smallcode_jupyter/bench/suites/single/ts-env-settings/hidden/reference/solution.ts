/** What a setting is, and its value if the environment has none. */
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

/** The settings that a schema describes. */
export type Settings<S extends Schema> = { [Name in keyof S]: Kinds[S[Name]["type"]] };

function read(text: string, type: Field["type"]): string | number | boolean | undefined {
  if (type === "string") {
    return text;
  }
  if (type === "number") {
    return Number.isFinite(Number(text)) ? Number(text) : undefined;
  }
  const word = text.toLowerCase();
  return ["true", "1", "yes"].includes(word) ? true : ["false", "0", "no"].includes(word) ? false : undefined;
}

/** The settings of a schema, read from the environment. */
export function loadSettings<S extends Schema>(schema: S, env: Record<string, string | undefined>): Settings<S> {
  const settings: Record<string, unknown> = {};
  const problems: string[] = [];
  for (const [name, field] of Object.entries(schema)) {
    const text = env[name]?.trim() ?? "";
    const value = text === "" ? field.default : read(text, field.type);
    if (value === undefined) {
      problems.push(text === "" ? `${name}: missing` : `${name}: not a ${field.type}`);
    }
    settings[name] = value;
  }
  if (problems.length > 0) {
    throw new Error(problems.join("\n"));
  }
  return settings as Settings<S>;
}
