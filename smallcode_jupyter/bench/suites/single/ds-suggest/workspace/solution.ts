/** Suggests earlier search terms for what was typed so far. */
export class Suggester {
  add(term: string, weight: number = 1): void {
    throw new Error("not implemented");
  }

  remove(term: string): boolean {
    throw new Error("not implemented");
  }

  suggest(prefix: string, limit: number = 5): string[] {
    throw new Error("not implemented");
  }

  count(prefix: string): number {
    throw new Error("not implemented");
  }

  weightOf(term: string): number {
    throw new Error("not implemented");
  }
}
