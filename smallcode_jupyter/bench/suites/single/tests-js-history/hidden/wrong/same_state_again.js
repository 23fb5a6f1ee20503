/** Undo and redo for the drawing editor. */
export class History {
  /** Starts with a state; at most `limit` steps can be undone, older ones are forgotten. */
  constructor(initial, limit = 100) {
    this.current = initial;
    this.limit = limit;
    this.past = [];
    this.future = [];
  }

  /** A new current state. What could be redone is forgotten. The same state (===) as the current one changes nothing. */
  push(state) {
    this.past.push(this.current);
    if (this.past.length > this.limit) this.past.shift();
    this.current = state;
    this.future = [];
  }

  /** One step back; returns the current state, which stays as it is if there is nothing to undo. */
  undo() {
    if (this.past.length > 0) {
      this.future.push(this.current);
      this.current = this.past.pop();
    }
    return this.current;
  }

  /** One step forward again; returns the current state, which stays as it is if there is nothing to redo. */
  redo() {
    if (this.future.length > 0) {
      this.past.push(this.current);
      this.current = this.future.pop();
    }
    return this.current;
  }

  get canUndo() {
    return this.past.length > 0;
  }

  get canRedo() {
    return this.future.length > 0;
  }
}
