"""Search in short notes."""


class NoteIndex:
    """Which words are in which notes."""

    def __init__(self):
        self.notes = {}

    def add(self, note_id, text):
        """Add a note."""
        raise NotImplementedError

    def search(self, word):
        """Sorted list of the ids of the notes with this word."""
        raise NotImplementedError

    def count(self, word):
        """How many notes have this word."""
        raise NotImplementedError
