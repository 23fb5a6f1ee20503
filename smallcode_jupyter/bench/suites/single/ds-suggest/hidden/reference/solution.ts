/** Suggests earlier search terms for what was typed so far. */
export class Suggester {
  private counts = new Map<string, number>();

  /** Counts one search for this term. */
  add(term: string): void {
    this.counts.set(term, this.count(term) + 1);
  }

  /** How often a term was searched for. */
  count(term: string): number {
    return this.counts.get(term) ?? 0;
  }

  /** The terms that start with `prefix`, in alphabetical order. */
  suggest(prefix: string): string[] {
    return [...this.counts.keys()].filter((term) => term.startsWith(prefix)).sort();
  }
}
