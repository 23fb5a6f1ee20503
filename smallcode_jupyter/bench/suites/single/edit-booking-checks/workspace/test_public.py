import pytest
from solution import Booking, Calendar, make_booking, overlaps, price


def test_make_booking():
    form = {"room": "Oak", "guests": 4, "start": 9, "end": 10}
    assert make_booking(form) == Booking("Oak", 4, 9, 10)


def test_price():
    assert price(Booking("Oak", 2, 17, 19)) == 30
    assert price(Booking("Birch", 2, 9, 11)) == 30


def test_overlaps():
    assert overlaps(Booking("Oak", 1, 9, 11), Booking("Oak", 1, 10, 12))
    assert not overlaps(Booking("Oak", 1, 9, 11), Booking("Oak", 1, 11, 12))


def test_calendar():
    calendar = Calendar()
    calendar.add({"room": "Elm", "guests": 3, "start": 9, "end": 12})
    with pytest.raises(ValueError, match="Elm is taken from 9 to 12"):
        calendar.add({"room": "Elm", "guests": 3, "start": 11, "end": 13})
    assert calendar.total() == 30
