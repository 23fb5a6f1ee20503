"""Command line: book and list."""

import argparse

from rooms.model import Booking
from rooms.service import Bookings


def build_parser() -> argparse.ArgumentParser:
    """Commands and options."""
    parser = argparse.ArgumentParser(prog="rooms")
    parser.add_argument("--file", default="bookings.json")
    commands = parser.add_subparsers(dest="command", required=True)
    book = commands.add_parser("book", help="take a room")
    for name in ("room", "day", "start", "end", "who"):
        book.add_argument(name)
    listing = commands.add_parser("list", help="print the bookings of a day")
    listing.add_argument("day")
    return parser


def format_line(booking: Booking) -> str:
    """One line of the list."""
    return f"#{booking.number} {booking.start}-{booking.end} {booking.room}: {booking.who}"


def main(argv: list[str] | None = None) -> int:
    """Run a command; 1 if it was refused."""
    options = build_parser().parse_args(argv)
    bookings = Bookings(options.file)
    if options.command == "book":
        try:
            booking = bookings.book(options.room, options.day, options.start, options.end, options.who)
        except ValueError as error:
            print(f"error: {error}")
            return 1
        print(f"booked #{booking.number}")
    else:
        for booking in bookings.on(options.day):
            print(format_line(booking))
    return 0
