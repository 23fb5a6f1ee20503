// JSON to protocol values. What does not fit the table is refused, what is missing gets its default: the view never
// meets a value of another shape, whatever a notebook file or a kernel of another version holds.

import { Envelope, Json, SCHEMA } from './protocol';

/** Said where JSON is no protocol value. */
export class Unfit extends Error {}

const LONGEST_TEXT = 2_000_000;
const MOST_EVENTS = 20_000;

/** The value of this type that JSON describes, defaults filled in, fields that are not known left out. */
export function decode<T>(name: string, value: unknown): T {
  return object(name, value) as T;
}

/** The envelopes of a saved trace, in order; what is none is counted instead. */
export function readTrace(value: unknown): {
  readonly envelopes: readonly Envelope[];
  readonly refused: number;
} {
  const items: readonly unknown[] = Array.isArray(value) ? value.slice(0, MOST_EVENTS) : [];
  const envelopes: Envelope[] = [];
  for (const item of items) {
    try {
      envelopes.push(decode<Envelope>('Envelope', item));
    } catch (error) {
      if (!(error instanceof Unfit)) {
        throw error;
      }
    }
  }
  const refused = (Array.isArray(value) ? value.length : 1) - envelopes.length;
  return { envelopes, refused };
}

function object(name: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Unfit(`not ${name}`);
  }
  const given = new Map(Object.entries(value));
  const made: { [field: string]: unknown } = {};
  for (const [field, [kind, ...otherwise]] of Object.entries(SCHEMA[name])) {
    if (given.has(field)) {
      made[field] = fit(kind, given.get(field));
    } else if (otherwise.length) {
      made[field] = fit(kind, otherwise[0]);
    } else {
      throw new Unfit(`${name} without ${field}`);
    }
  }
  return made;
}

function fit(kind: Json, value: unknown): unknown {
  if (typeof kind === 'string') {
    return simple(kind, value);
  }
  const [form, inner] = Object.entries(kind as { [form: string]: Json })[0];
  switch (form) {
    case 'of':
      return object(inner as string, value);
    case 'literal':
      return checked((inner as readonly Json[]).includes(value as Json), value);
    case 'list':
      return list(value).map(item => fit(inner, item));
    case 'tuple':
      return tuple(inner as readonly Json[], list(value));
    case 'map':
      return map(inner, value);
    case 'tagged':
      return tagged(inner as { [tag: string]: string }, value);
    default:
      return either(inner as readonly Json[], value);
  }
}

function simple(kind: string, value: unknown): unknown {
  switch (kind) {
    case 'json':
      return value;
    case 'null':
      return checked(value === null, value);
    case 'number':
      return checked(typeof value === 'number' && Number.isFinite(value), value);
    case 'boolean':
      return checked(typeof value === 'boolean', value);
    default:
      return checked(typeof value === 'string' && value.length <= LONGEST_TEXT, value);
  }
}

function checked(isFit: boolean, value: unknown): unknown {
  if (!isFit) {
    throw new Unfit('a value of another kind');
  }
  return value;
}

function list(value: unknown): readonly unknown[] {
  return checked(Array.isArray(value), value) as readonly unknown[];
}

function tuple(kinds: readonly Json[], items: readonly unknown[]): unknown {
  checked(kinds.length === items.length, items);
  return items.map((item, index) => fit(kinds[index], item));
}

function map(kind: Json, value: unknown): unknown {
  checked(typeof value === 'object' && value !== null && !Array.isArray(value), value);
  const entries = Object.entries(value as object).map(([key, item]) => [key, fit(kind, item)]);
  return Object.fromEntries(entries);
}

function tagged(members: { readonly [tag: string]: string }, value: unknown): unknown {
  const tag = (value as { type?: unknown } | null)?.type;
  if (typeof tag !== 'string' || !Object.prototype.hasOwnProperty.call(members, tag)) {
    throw new Unfit('an unknown type');
  }
  return object(members[tag], value);
}

function either(kinds: readonly Json[], value: unknown): unknown {
  for (const kind of kinds) {
    try {
      return fit(kind, value);
    } catch (error) {
      if (!(error instanceof Unfit)) {
        throw error;
      }
    }
  }
  throw new Unfit('none of several kinds');
}
