"""Tests of bookings.py."""

from bookings import Room


def booked():
    room = Room()
    room.book(600, 660, "ada")
    return room


def test_who():
    room = booked()
    assert room.who_at(600) == "ada"
    assert room.who_at(659) == "ada"
    assert room.who_at(599) is None
    assert room.who_at(660) is None


def test_overlap():
    assert booked().book(630, 700, "bob") is False


def test_after():
    assert booked().book(660, 720, "bob") is True


def test_before():
    assert booked().book(540, 600, "bob") is True
