/** Listeners of events; `Events` maps each event's name to the type of its payload. */
export class Emitter<Events extends Record<string, unknown>> {
  // on, once, emit, count
}
