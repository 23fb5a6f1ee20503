"""Previews in memory, bounded by their size."""


class ThumbnailCache:
    """Drops the entries that were not used for the longest time."""

    def __init__(self, max_bytes):
        self.max_bytes = max_bytes
        self._entries = {}  # least recently used first

    def put(self, key, data):
        """Store `data` as the most recently used entry."""
        self._entries.pop(key, None)
        if len(data) > self.max_bytes:
            return
        self._entries[key] = data
        while self.total_bytes() > self.max_bytes:
            del self._entries[next(iter(self._entries))]

    def get(self, key):
        """The data of a key, or None."""
        if key not in self._entries:
            return None
        self._entries[key] = self._entries.pop(key)
        return self._entries[key]

    def __contains__(self, key):
        return key in self._entries

    def __len__(self):
        return len(self._entries)

    def total_bytes(self):
        """The length of all data together."""
        return sum(map(len, self._entries.values()))

    def keys(self):
        """Least recently used first."""
        return list(self._entries)
