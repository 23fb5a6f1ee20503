export class Emitter<Events extends Record<string, unknown>> {
  on<K extends keyof Events>(event: K, listener: (payload: Events[K]) => void): () => void {
    return () => {};
  }
  once<K extends keyof Events>(event: K, listener: (payload: Events[K]) => void): () => void {
    return () => {};
  }
  emit<K extends keyof Events>(event: K, payload: Events[K]): number {
    return 1;
  }
  count(event: keyof Events): number {
    return 1;
  }
}
