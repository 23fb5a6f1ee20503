type Listener<P> = (payload: P) => void;

interface Registration {
  readonly listener: Listener<never>;
  readonly isOnce: boolean;
}

/** Listeners of events; `Events` maps each event's name to the type of its payload. */
export class Emitter<Events extends Record<string, unknown>> {
  private readonly registered = new Map<keyof Events, Registration[]>();

  on<K extends keyof Events>(event: K, listener: Listener<Events[K]>): () => void {
    return this.add(event, { listener, isOnce: false });
  }

  once<K extends keyof Events>(event: K, listener: Listener<Events[K]>): () => void {
    return this.add(event, { listener, isOnce: true });
  }

  emit<K extends keyof Events>(event: K, payload: Events[K]): number {
    const now = this.registered.get(event) ?? [];
    this.registered.set(event, now.filter((registration) => !registration.isOnce));
    for (const { listener } of now) {
      (listener as Listener<Events[K]>)(payload);
    }
    return now.length;
  }

  count(event: keyof Events): number {
    return this.registered.get(event)?.length ?? 0;
  }

  private add(event: keyof Events, registration: Registration): () => void {
    this.registered.set(event, [...(this.registered.get(event) ?? []), registration]);
    return () => {
      const others = (this.registered.get(event) ?? []).filter((other) => other !== registration);
      this.registered.set(event, others);
    };
  }
}
