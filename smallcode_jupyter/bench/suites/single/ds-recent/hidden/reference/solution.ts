/** The last few items, oldest first. */
export class Recent<T> {
  private items: T[] = [];
  private readonly capacity: number;

  constructor(capacity: number) {
    if (!Number.isInteger(capacity) || capacity < 1) throw new RangeError("capacity is a whole number of at least 1");
    this.capacity = capacity;
  }

  push(item: T): T | undefined {
    const dropped = this.isFull ? this.items.shift() : undefined;
    this.items.push(item);
    return dropped;
  }

  at(index: number): T | undefined {
    return this.items.at(index);
  }

  toArray(): T[] {
    return [...this.items];
  }

  get size(): number {
    return this.items.length;
  }

  get isFull(): boolean {
    return this.items.length >= this.capacity;
  }

  clear(): void {
    this.items = [];
  }
}
