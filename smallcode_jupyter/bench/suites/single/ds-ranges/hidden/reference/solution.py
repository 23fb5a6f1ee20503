"""Which positions of a file are there already."""


class RangeSet:
    """Marked positions, kept as ranges."""

    def __init__(self):
        self._ranges = []

    def add(self, start, stop):
        """Mark the positions from start to stop - 1."""
        self._check(start, stop)
        kept = []
        for first, last in self._ranges:
            if last < start or first > stop:
                kept.append((first, last))
            else:
                start, stop = min(start, first), max(stop, last)
        self._ranges = sorted([*kept, (start, stop)])

    def remove(self, start, stop):
        """Unmark the positions from start to stop - 1."""
        self._check(start, stop)
        kept = []
        for first, last in self._ranges:
            parts = ((first, min(last, start)), (max(first, stop), last))
            kept += [part for part in parts if part[0] < part[1]]
        self._ranges = kept

    def ranges(self):
        """Sorted (start, stop) of what is marked."""
        return list(self._ranges)

    def missing(self, start, stop):
        """Sorted (start, stop) of what is not marked between start and stop."""
        self._check(start, stop)
        gaps = []
        for first, last in self._ranges:
            if start < first and start < stop:
                gaps.append((start, min(first, stop)))
            start = max(start, last)
        if start < stop:
            gaps.append((start, stop))
        return gaps

    def __contains__(self, position):
        return any(first <= position < last for first, last in self._ranges)

    def __len__(self):
        return sum(last - first for first, last in self._ranges)

    @staticmethod
    def _check(start, stop):
        if start >= stop:
            raise ValueError("a range holds at least one position")
