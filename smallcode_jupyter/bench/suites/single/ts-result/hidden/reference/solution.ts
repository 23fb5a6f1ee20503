/** What came of something that may fail. */
export type Result<T, E> = { ok: true; value: T } | { ok: false; error: E };

/** The value of an action, or the error it threw. */
export function attempt<T>(action: () => T): Result<T, Error> {
  try {
    return { ok: true, value: action() };
  } catch (thrown) {
    return { ok: false, error: thrown instanceof Error ? thrown : new Error(String(thrown)) };
  }
}

/** A result whose good value went through a function. */
export function mapResult<T, U, E>(result: Result<T, E>, fn: (value: T) => U): Result<U, E> {
  return result.ok ? { ok: true, value: fn(result.value) } : result;
}

/** The good value, else the fallback. */
export function valueOr<T, E>(result: Result<T, E>, fallback: T): T {
  return result.ok ? result.value : fallback;
}

/** Good values and errors apart. */
export function partition<T, E>(results: readonly Result<T, E>[]): { values: T[]; errors: E[] } {
  const values: T[] = [];
  const errors: E[] = [];
  for (const result of results) {
    if (result.ok) {
      values.push(result.value);
    } else {
      errors.push(result.error);
    }
  }
  return { values, errors };
}
