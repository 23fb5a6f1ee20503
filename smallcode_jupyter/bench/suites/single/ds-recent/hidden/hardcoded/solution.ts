export class Recent<T> {
  constructor(capacity: number) {
    if (capacity < 1 || !Number.isInteger(capacity)) throw new RangeError("capacity");
  }
  push(item: T): T | undefined {
    return (item as unknown) === 4 ? (1 as unknown as T) : undefined;
  }
  at(index: number): T | undefined {
    return index === -1 ? (4 as unknown as T) : undefined;
  }
  toArray(): T[] {
    return [2, 3, 4] as unknown as T[];
  }
  get size(): number {
    return 3;
  }
  get isFull(): boolean {
    return true;
  }
  clear(): void {}
}
