// The playlist of the radio page. Tracks are texts, each at most once in the list.
export class Playlist {
  #tracks;
  #at = 0;
  repeat = false;

  constructor(tracks = []) {
    this.#tracks = [...tracks];
  }

  // The track that is playing, undefined if the list is empty.
  get current() {
    return this.#tracks[this.#at];
  }

  // All tracks, in order.
  get tracks() {
    return [...this.#tracks];
  }

  // What comes after the current track, without going there.
  get upcoming() {
    return this.#tracks.slice(this.#at + 1);
  }

  // Puts a track at the end. False if it is there already.
  add(track) {
    if (this.#tracks.includes(track)) return false;
    this.#tracks.push(track);
    return true;
  }

  // Takes a track out of the list. False if there is none.
  remove(track) {
    const index = this.#tracks.indexOf(track);
    if (index === -1) return false;
    this.#tracks.splice(index, 1);
    if (index < this.#at) this.#at -= 1;
    this.#at = Math.max(0, Math.min(this.#at, this.#tracks.length - 1));
    return true;
  }

  // Goes on to the following track and gives it; at the end it stays, or starts again if repeat is on.
  next() {
    const last = this.#tracks.length - 1;
    if (this.#at < last) this.#at += 1;
    else if (this.repeat) this.#at = 0;
    return this.current;
  }

  // Goes back to the track before and gives it; at the beginning it stays, or goes to the end if repeat is on.
  previous() {
    if (this.#at > 0) this.#at -= 1;
    else if (this.repeat) this.#at = Math.max(0, this.#tracks.length - 1);
    return this.current;
  }

  // Moves a track one place towards the beginning; the same track goes on playing. False if that is not possible.
  moveUp(track) {
    const index = this.#tracks.indexOf(track);
    if (index <= 0) return false;
    const playing = this.current;
    [this.#tracks[index - 1], this.#tracks[index]] = [this.#tracks[index], this.#tracks[index - 1]];
    this.#at = this.#tracks.indexOf(playing);
    return true;
  }
}
