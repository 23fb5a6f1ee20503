"""Search in short notes."""


class NoteIndex:
    """Which words are in which notes."""

    def __init__(self):
        self.notes = {}

    def add(self, note_id, text):
        """Add a note."""
        self.notes[note_id] = text.split()

    def search(self, word):
        """Sorted list of the ids of the notes with this word."""
        return sorted(note_id for note_id, words in self.notes.items() if word in words)

    def count(self, word):
        """How many notes have this word."""
        return len(self.search(word))
