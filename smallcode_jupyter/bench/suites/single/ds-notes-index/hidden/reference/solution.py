"""Search in short notes."""

import re


def words_of(text):
    return set(re.findall(r"[a-z0-9]+", text.lower()))


class NoteIndex:
    """Which words are in which notes."""

    def __init__(self):
        self._notes = {}

    def add(self, note_id, text):
        """Index a note, in place of an older one with this id."""
        self._notes[note_id] = words_of(text)

    def remove(self, note_id):
        """Forget a note; whether it was known."""
        return self._notes.pop(note_id, None) is not None

    def search(self, query):
        """Sorted ids of the notes with all words of the query."""
        wanted = words_of(query)
        if not wanted:
            return []
        return sorted(name for name, words in self._notes.items() if wanted <= words)

    def count(self, word):
        """How many notes have this word."""
        return sum(word.lower() in words for words in self._notes.values())

    def words_with(self, prefix):
        """Sorted words that start with `prefix`."""
        words = set().union(*self._notes.values())
        return sorted(word for word in words if word.startswith(prefix.lower()))
