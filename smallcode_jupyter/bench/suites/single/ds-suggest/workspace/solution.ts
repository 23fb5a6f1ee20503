/** Suggests earlier search terms for what was typed so far. */
export class Suggester {
  private counts = new Map<string, number>();

  /** Counts one search for this term. */
  add(term: string): void {
    throw new Error("not implemented");
  }

  /** How often a term was searched for. */
  count(term: string): number {
    throw new Error("not implemented");
  }

  /** The terms that start with `prefix`, in alphabetical order. */
  suggest(prefix: string): string[] {
    throw new Error("not implemented");
  }
}
