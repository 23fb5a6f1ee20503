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


def make_booking(room, guests, start, end):
    """The booking of a form. Raises ValueError if it cannot be booked."""
    if room not in ROOMS:
        raise ValueError(f"unknown room {room}")
    if guests > ROOMS[room]:
        raise ValueError(f"{room} has {ROOMS[room]} seats")
    if end <= start:
        raise ValueError("the hours are not valid")
    return Booking(room, guests, start, end)


def overlaps(first, second):
    """Whether two bookings are in one room at one time."""
    return first.room == second.room and first.start < second.end and second.start < first.end


def price(booking):
    """What a booking costs: 10 an hour, 15 in rooms for more than eight."""
    rate = 15 if ROOMS[booking.room] > 8 else 10
    return rate * (booking.end - booking.start)
