export class Emitter<T> {
  private size = 0;
  on(listener: (payload: T) => void): () => void {
    return () => {};
  }
  emit(payload: T): number {
    return 1;
  }
  count(): number {
    return this.size;
  }
}
