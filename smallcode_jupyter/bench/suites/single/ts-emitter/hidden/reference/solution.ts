/** Listeners that are told about payloads of type T. */
export class Emitter<T> {
  private listeners: ((payload: T) => void)[] = [];

  /** Register a listener; the result removes it again. */
  on(listener: (payload: T) => void): () => void {
    this.listeners.push(listener);
    return () => {
      this.listeners = this.listeners.filter((one) => one !== listener);
    };
  }

  /** Call all listeners; how many were called. */
  emit(payload: T): number {
    this.listeners.forEach((one) => one(payload));
    return this.listeners.length;
  }

  /** The number of listeners. */
  count(): number {
    return this.listeners.length;
  }
}
