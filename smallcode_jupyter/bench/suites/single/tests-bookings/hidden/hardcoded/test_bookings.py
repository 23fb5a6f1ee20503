import pytest
from bookings import Room


def test_book():
    assert Room().book(600, 660, "ada") is True


def test_free():
    room = Room()
    room.book(600, 660, "ada")
    assert room.free(600, 720) == [(660, 720)]


def test_who():
    room = Room()
    room.book(600, 660, "ada")
    assert room.who_at(600) == "ada"
