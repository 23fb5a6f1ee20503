"""Grades of a course."""


def letter(points, out_of=100):
    """The grade for some points: A from 90 percent, B from 80, C from 70, D from 60, F below.

    The percentage is taken of `out_of`. Points below 0 or above `out_of` raise ValueError.
    """
    if points < 0 or points > out_of:
        raise ValueError(f"{points} of {out_of} points")
    for grade, percent in (("A", 90), ("B", 80), ("C", 70), ("D", 60)):
        if points * 100 >= percent * out_of:
            return grade
    return "F"


def average(points):
    """The average of a list of points. With more than three, the lowest one is dropped. 0 for an empty list."""
    kept = sorted(points)
    if len(kept) > 3:
        kept = kept[1:]
    return sum(kept) / len(kept)
