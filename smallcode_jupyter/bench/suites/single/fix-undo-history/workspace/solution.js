// The undo history of an editor. States can be any values.
export class History {
  #past = [];
  #future = [];
  #current;
  #saved;
  #limit;

  constructor(initial, limit = 100) {
    this.#current = initial;
    this.#saved = initial;
    this.#limit = limit;
  }

  get current() {
    return this.#current;
  }

  get canUndo() {
    return this.#past.length > 0;
  }

  get canRedo() {
    return this.#future.length > 0;
  }

  // How many steps back and forth there are.
  get steps() {
    return { back: this.#past.length, forth: this.#future.length };
  }

  // Whether the current state differs from the one that was saved last.
  get isDirty() {
    return this.#current !== this.#saved;
  }

  // A new edit. The state it replaces can be undone; a state equal to the current one is no edit.
  push(state) {
    if (state === this.#current) return;
    this.#past.push(this.#current);
    if (this.#past.length > this.#limit) {
      this.#past.pop();
    }
    this.#current = state;
  }

  // Goes back one step.
  undo() {
    if (!this.canUndo) return undefined;
    this.#future.push(this.#current);
    this.#current = this.#past.pop();
    return this.#current;
  }

  // Goes forth again what was undone.
  redo() {
    if (!this.canRedo) return undefined;
    this.#past.push(this.#current);
    this.#current = this.#future.pop();
    return this.#current;
  }

  // Remembers the current state as the saved one.
  save() {
    this.#saved = this.#current;
  }

  // Starts anew, as if just made.
  reset(state) {
    this.#past = [];
    this.#future = [];
    this.#current = state;
    this.#saved = state;
  }
}
