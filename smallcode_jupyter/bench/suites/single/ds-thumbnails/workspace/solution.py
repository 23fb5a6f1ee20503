"""Previews in memory, bounded by their size."""


class ThumbnailCache:
    """Drops the entries that were not used for the longest time."""

    def __init__(self, max_bytes):
        raise NotImplementedError

    def put(self, key, data):
        """Store `data` as the most recently used entry."""
        raise NotImplementedError

    def get(self, key):
        """The data of a key, or None."""
        raise NotImplementedError

    def __contains__(self, key):
        raise NotImplementedError

    def __len__(self):
        raise NotImplementedError

    def total_bytes(self):
        """The length of all data together."""
        raise NotImplementedError

    def keys(self):
        """Least recently used first."""
        raise NotImplementedError
