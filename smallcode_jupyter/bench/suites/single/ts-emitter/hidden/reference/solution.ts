/** Listeners that are told about payloads of type T. */
export class Emitter<T> {
  private listeners: { call: (payload: T) => void; isOnce: boolean }[] = [];

  /** Register a listener; the result removes it again. */
  on(listener: (payload: T) => void): () => void {
    const added = { call: listener, isOnce: false };
    this.listeners.push(added);
    return () => {
      this.listeners = this.listeners.filter((one) => one !== added);
    };
  }

  /** Register a listener for the next emit only. */
  once(listener: (payload: T) => void): void {
    this.listeners.push({ call: listener, isOnce: true });
  }

  /** Call all listeners; how many were called. */
  emit(payload: T): number {
    const now = this.listeners;
    this.listeners = now.filter((one) => !one.isOnce);
    now.forEach((one) => one.call(payload));
    return now.length;
  }

  /** The number of listeners. */
  count(): number {
    return this.listeners.length;
  }
}
