/** Listeners that are told about payloads of type T. */
export class Emitter<T> {
  /** Register a listener; the result removes it again. */
  on(listener: (payload: T) => void): () => void {
    throw new Error("not implemented");
  }

  /** Call all listeners; how many were called. */
  emit(payload: T): number {
    throw new Error("not implemented");
  }

  /** The number of listeners. */
  count(): number {
    throw new Error("not implemented");
  }
}
