"""Tests of bookings.py."""

from bookings import Room


def test_who():
    room = Room()
    room.book(600, 660, "ada")
    assert room.who_at(630) == "ada"


def test_name():
    room = Room()
    room.book(600, 660, "ada")
    assert room.who_at(630) != "bob"


def test_is_booked():
    room = Room()
    room.book(600, 660, "ada")
    assert room.who_at(630) is not None
