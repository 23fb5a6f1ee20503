/** The last few items that were pushed. */
export class Recent<T> {
  private items: T[] = [];
  private readonly capacity: number;

  /** Empty at first, keeps at most `capacity` items. */
  constructor(capacity: number) {
    this.capacity = capacity;
  }

  /** Adds an item at the end; drops the oldest if there are too many. */
  push(item: T): void {
    this.items.push(item);
    if (this.items.length > this.capacity) this.items.shift();
  }

  /** The items as a new array, in the order they were pushed. */
  toArray(): T[] {
    return [...this.items];
  }

  /** How many items there are. */
  get size(): number {
    return this.items.length;
  }
}
