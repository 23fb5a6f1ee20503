"""Who has the meeting room, and when; times are whole minutes of the day."""


class Room:
    """The bookings of one room on one day."""

    def __init__(self):
        self.bookings = []

    def book(self, start, end, who):
        """Book from `start` up to, not including, `end`. True, or False and no change if it overlaps another booking."""
        for other_start, other_end, _ in self.bookings:
            if start < other_end and other_start < end:
                return False
        self.bookings.append((start, end, who))
        return True

    def who_at(self, minute):
        """Who has the room in this minute; None if nobody."""
        for start, end, who in self.bookings:
            if start < minute < end:
                return who
        return None
