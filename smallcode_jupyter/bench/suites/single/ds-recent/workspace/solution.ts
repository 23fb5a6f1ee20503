/** The last few items, oldest first. */
export class Recent<T> {
  constructor(capacity: number) {
    throw new Error("not implemented");
  }

  push(item: T): T | undefined {
    throw new Error("not implemented");
  }

  at(index: number): T | undefined {
    throw new Error("not implemented");
  }

  toArray(): T[] {
    throw new Error("not implemented");
  }

  get size(): number {
    throw new Error("not implemented");
  }

  get isFull(): boolean {
    throw new Error("not implemented");
  }

  clear(): void {
    throw new Error("not implemented");
  }
}
