"""Booking rooms."""

from dataclasses import replace

from rooms import storage
from rooms.model import Booking, check_time


class Bookings:
    """The bookings of a file. Every change is saved at once."""

    def __init__(self, path):
        self.path = path
        self.all = storage.load(path)

    def book(self, room: str, day: str, start: str, end: str, who: str) -> Booking:
        """A new booking. Raises ValueError where times are wrong or the room is taken."""
        if check_time(start) >= check_time(end):
            raise ValueError("the end is not after the start")
        number = max((booking.number for booking in self.all), default=0) + 1
        wanted = Booking(number, room, day, start, end, who)
        for booking in self.all:
            if booking.overlaps(wanted):
                raise ValueError(f"{room} is taken by {booking.who}")
        self.all.append(wanted)
        storage.save(self.path, self.all)
        return wanted

    def cancel(self, number: int) -> Booking:
        """Mark a booking as cancelled. Raises LookupError or ValueError if that cannot be."""
        for position, booking in enumerate(self.all):
            if booking.number == number:
                break
        else:
            raise LookupError(f"no booking {number}")
        if booking.cancelled:
            raise ValueError(f"booking {number} is cancelled already")
        self.all[position] = replace(booking, cancelled=True)
        storage.save(self.path, self.all)
        return self.all[position]

    def on(self, day: str, include_cancelled: bool = False) -> list[Booking]:
        """Bookings of a day by start and room."""
        found = [booking for booking in self.all if booking.day == day]
        if not include_cancelled:
            found = [booking for booking in found if not booking.cancelled]
        return sorted(found, key=lambda booking: (booking.start, booking.room))
