"""What a booking is."""

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Booking:
    """A room for some time on a day; times are texts such as "09:30"."""

    number: int
    room: str
    day: str
    start: str
    end: str
    who: str

    def overlaps(self, other: "Booking") -> bool:
        """Whether both need the same room at the same time. Back to back is fine."""
        same_place = self.room == other.room and self.day == other.day
        return same_place and self.start < other.end and other.start < self.end


def check_time(text: str) -> str:
    """The time itself. Raises ValueError unless it is such as "09:30"."""
    if not re.fullmatch(r"([01][0-9]|2[0-3]):[0-5][0-9]", text):
        raise ValueError(f"not a time: {text}")
    return text
