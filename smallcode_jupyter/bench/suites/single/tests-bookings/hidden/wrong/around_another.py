"""Who has the meeting room, and when; times are whole minutes of the day."""


class Room:
    """The bookings of one room on one day."""

    def __init__(self):
        self._bookings = []

    def book(self, start, end, who):
        """Book from `start` up to, not including, `end`. False, and no change, if it overlaps another booking.

        A booking may begin in the minute another one ends. An end that is not after the start raises ValueError.
        """
        if end <= start:
            raise ValueError("a booking takes time")
        if any((start < other_end and other_start <= start) or (end < other_end and other_start < end) for other_start, other_end, _ in self._bookings):
            return False
        self._bookings.append((start, end, who))
        self._bookings.sort()
        return True

    def who_at(self, minute):
        """Who has the room in this minute; None if nobody."""
        for start, end, who in self._bookings:
            if start <= minute < end:
                return who
        return None

    def free(self, start, end):
        """The gaps between `start` and `end`, in order, as a list of (start, end)."""
        gaps = []
        for other_start, other_end, _ in self._bookings:
            if start < min(other_start, end):
                gaps.append((start, min(other_start, end)))
            start = max(start, other_end)
        if start < end:
            gaps.append((start, end))
        return gaps
