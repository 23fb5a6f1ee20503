"""Grades of a course."""


def letter(points):
    """The grade: "A" from 90 points, "B" from 60 points, "C" below 60."""
    if points >= 80:
        return "A"
    if points >= 60:
        return "B"
    return "C"
