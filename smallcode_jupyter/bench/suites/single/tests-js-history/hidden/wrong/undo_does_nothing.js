/** Undo for the drawing editor. */
export class History {
  constructor(initial) {
    this.current = initial;
    this.past = [];
  }

  /** A new current state. */
  push(state) {
    this.past.push(this.current);
    this.current = state;
  }

  /** One step back; returns the current state, which stays as it is if there is nothing to undo. */
  undo() {
    if (this.past.length > 0) {
      this.past.pop();
    }
    return this.current;
  }

  /** Whether there is something to undo. */
  get canUndo() {
    return this.past.length > 0;
  }
}
