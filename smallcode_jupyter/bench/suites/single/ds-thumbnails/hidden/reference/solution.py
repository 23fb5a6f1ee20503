"""Previews in memory, bounded in number."""


class ThumbnailCache:
    """Drops the entry that was not used for the longest time."""

    def __init__(self, max_items):
        self.max_items = max_items
        self._entries = {}  # least recently used first

    def put(self, key, data):
        """Store `data` as the most recently used entry; drop the least recently used if there are too many."""
        self._entries[key] = data
        if len(self._entries) > self.max_items:
            del self._entries[next(iter(self._entries))]

    def get(self, key):
        """The data of a key (the most recently used one now), or None."""
        if key not in self._entries:
            return None
        self._entries[key] = self._entries.pop(key)
        return self._entries[key]

    def keys(self):
        """A list of the keys, least recently used first."""
        return list(self._entries)
