"""Bookings of the meeting rooms. Hours are whole numbers from 0 to 24."""

from dataclasses import dataclass

ROOMS = {"Oak": 4, "Elm": 8, "Birch": 20}


@dataclass
class Booking:
    """A room for some hours of a day."""

    room: str
    guests: int
    start: int
    end: int


def make_booking(data):
    """The booking of a form, a dict with the keys room, guests, start and end."""
    return Booking(data["room"], data["guests"], data["start"], data["end"])


def overlaps(first, second):
    """Whether two bookings are in one room at one time."""
    return first.room == second.room and first.start < second.end and second.start < first.end


def price(booking):
    """What a booking costs: 10 an hour, 15 in rooms for more than eight; from 18 o'clock on, double."""
    rate = 15 if ROOMS[booking.room] > 8 else 10
    return sum(rate * (2 if hour >= 18 else 1) for hour in range(booking.start, booking.end))


class Calendar:
    """All bookings of a day."""

    def __init__(self):
        self.bookings = []

    def add(self, data):
        """Enter a booking from a form. Raises ValueError if the room is taken."""
        booking = make_booking(data)
        for other in self.bookings:
            if overlaps(booking, other):
                raise ValueError(f"{booking.room} is taken from {other.start} to {other.end}")
        self.bookings.append(booking)
        return booking

    def total(self):
        """The price of all bookings."""
        return sum(price(booking) for booking in self.bookings)
