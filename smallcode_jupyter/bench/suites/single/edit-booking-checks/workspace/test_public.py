from solution import Booking, make_booking, overlaps, price


def test_make_booking():
    assert make_booking("Oak", 4, 9, 10) == Booking("Oak", 4, 9, 10)


def test_price():
    assert price(Booking("Oak", 2, 17, 19)) == 20
    assert price(Booking("Birch", 2, 9, 11)) == 30


def test_overlaps():
    assert overlaps(Booking("Oak", 1, 9, 11), Booking("Oak", 1, 10, 12))
    assert not overlaps(Booking("Oak", 1, 9, 11), Booking("Oak", 1, 11, 12))
