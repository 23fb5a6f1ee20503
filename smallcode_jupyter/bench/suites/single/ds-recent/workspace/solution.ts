/** The last few items that were pushed. */
export class Recent<T> {
  /** Empty at first, keeps at most `capacity` items. */
  constructor(capacity: number) {
    throw new Error("not implemented");
  }

  /** Adds an item at the end; drops the oldest if there are too many. */
  push(item: T): void {
    throw new Error("not implemented");
  }

  /** The items as a new array, in the order they were pushed. */
  toArray(): T[] {
    throw new Error("not implemented");
  }

  /** How many items there are. */
  get size(): number {
    throw new Error("not implemented");
  }
}
