/** Suggests earlier search terms for what was typed so far. */
export class Suggester {
  private weights = new Map<string, number>();

  add(term: string, weight: number = 1): void {
    const key = this.clean(term);
    if (key === "") return;
    this.weights.set(key, this.weightOf(key) + weight);
  }

  remove(term: string): boolean {
    return this.weights.delete(this.clean(term));
  }

  suggest(prefix: string, limit: number = 5): string[] {
    return this.matches(prefix)
      .sort((a, b) => this.weightOf(b) - this.weightOf(a) || (a < b ? -1 : 1))
      .slice(0, limit);
  }

  count(prefix: string): number {
    return this.matches(prefix).length;
  }

  weightOf(term: string): number {
    return this.weights.get(this.clean(term)) ?? 0;
  }

  private matches(prefix: string): string[] {
    const start = this.clean(prefix);
    return [...this.weights.keys()].filter((term) => term.startsWith(start));
  }

  private clean(text: string): string {
    return text.trim().toLowerCase();
  }
}
