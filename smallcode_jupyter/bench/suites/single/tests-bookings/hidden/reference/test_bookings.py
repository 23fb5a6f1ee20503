import pytest
from bookings import Room


def test_one_after_the_other():
    room = Room()
    assert room.book(600, 660, "ada") is True
    assert room.book(660, 720, "bob") is True
    assert room.book(540, 600, "eve") is True


def test_overlap():
    room = Room()
    room.book(600, 660, "ada")
    assert room.book(630, 700, "bob") is False
    assert room.book(500, 700, "bob") is False
    assert room.who_at(640) == "ada"


def test_takes_no_time():
    for end in (600, 540):
        with pytest.raises(ValueError):
            Room().book(600, end, "ada")


def test_who():
    room = Room()
    room.book(600, 660, "ada")
    assert [room.who_at(minute) for minute in (599, 600, 659, 660)] == [None, "ada", "ada", None]


def test_gaps():
    room = Room()
    room.book(600, 660, "ada")
    room.book(700, 720, "bob")
    assert room.free(540, 780) == [(540, 600), (660, 700), (720, 780)]
    assert room.free(610, 650) == []
