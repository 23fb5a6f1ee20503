"""Half-open integer intervals as (start, end) tuples."""


def merge(intervals: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the intervals sorted, with those that overlap or touch merged. Empty intervals (start == end) are left out.

    >>> merge([(5, 8), (1, 3), (2, 4)])
    [(1, 4), (5, 8)]
    >>> merge([(1, 2), (2, 3), (7, 7)])
    [(1, 3)]
    """


def covered(intervals: list[tuple[int, int]]) -> int:
    """Return how many integers are in at least one interval.

    >>> covered([(0, 3), (2, 5)])
    5
    """
