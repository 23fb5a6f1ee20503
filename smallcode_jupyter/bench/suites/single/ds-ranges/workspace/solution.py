"""Which positions of a file are there already."""


class RangeSet:
    """Marked positions, kept as ranges."""

    def __init__(self):
        raise NotImplementedError

    def add(self, start, stop):
        """Mark the positions from start to stop - 1."""
        raise NotImplementedError

    def remove(self, start, stop):
        """Unmark the positions from start to stop - 1."""
        raise NotImplementedError

    def ranges(self):
        """Sorted (start, stop) of what is marked."""
        raise NotImplementedError

    def missing(self, start, stop):
        """Sorted (start, stop) of what is not marked between start and stop."""
        raise NotImplementedError

    def __contains__(self, position):
        raise NotImplementedError

    def __len__(self):
        raise NotImplementedError
