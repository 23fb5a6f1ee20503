"""Bookings in a JSON file."""

import json
from pathlib import Path

from rooms.model import Booking


def load(path) -> list[Booking]:
    """All bookings of a file, none if there is no file."""
    path = Path(path)
    if not path.exists():
        return []
    rows = json.loads(path.read_text(encoding="utf-8"))
    return [
        Booking(
            row["number"], row["room"], row["day"], row["start"], row["end"], row["who"], row.get("cancelled", False)
        )
        for row in rows
    ]


def save(path, bookings: list[Booking]) -> None:
    """Write all bookings."""
    rows = [
        {
            "number": booking.number,
            "room": booking.room,
            "day": booking.day,
            "start": booking.start,
            "end": booking.end,
            "who": booking.who,
            "cancelled": booking.cancelled,
        }
        for booking in bookings
    ]
    Path(path).write_text(json.dumps(rows, indent=1), encoding="utf-8")
