"""Previews in memory, bounded in number."""


class ThumbnailCache:
    """Drops the entry that was not used for the longest time."""

    def __init__(self, max_items):
        raise NotImplementedError

    def put(self, key, data):
        """Store `data` as the most recently used entry; drop the least recently used if there are too many."""
        raise NotImplementedError

    def get(self, key):
        """The data of a key (the most recently used one now), or None."""
        raise NotImplementedError

    def keys(self):
        """A list of the keys, least recently used first."""
        raise NotImplementedError
