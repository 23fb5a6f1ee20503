"""Search in short notes."""


class NoteIndex:
    """Which words are in which notes."""

    def __init__(self):
        raise NotImplementedError

    def add(self, note_id, text):
        """Index a note, in place of an older one with this id."""
        raise NotImplementedError

    def remove(self, note_id):
        """Forget a note; whether it was known."""
        raise NotImplementedError

    def search(self, query):
        """Sorted ids of the notes with all words of the query."""
        raise NotImplementedError

    def count(self, word):
        """How many notes have this word."""
        raise NotImplementedError

    def words_with(self, prefix):
        """Sorted words that start with `prefix`."""
        raise NotImplementedError
