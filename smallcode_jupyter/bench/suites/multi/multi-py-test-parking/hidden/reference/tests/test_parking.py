"""Tests of the car park."""

import pytest
from parking.garage import Garage, GarageFull
from parking.receipt import format_minutes, format_price, receipt
from parking.tariff import price


@pytest.mark.parametrize(
    ("minutes", "cents"),
    [(0, 0), (15, 0), (16, 200), (60, 200), (61, 400), (120, 400), (121, 600)],
)
def test_started_hours(minutes, cents):
    assert price(minutes) == cents


def test_limit_of_a_day():
    assert price(7 * 60) == 1400
    assert price(7 * 60 + 1) == 1500
    assert price(1439) == 1500
    assert price(1440) == 1500


def test_several_days():
    assert price(1441) == 1700
    assert price(1440 + 61) == 1900
    assert price(2880) == 3000
    assert price(2880 + 700) == 4500


def test_negative_minutes():
    with pytest.raises(ValueError):
        price(-1)


def test_full_garage():
    garage = Garage(2)
    assert garage.free == 2
    garage.enter("A 1", 0)
    garage.enter("A 2", 0)
    assert garage.free == 0
    with pytest.raises(GarageFull):
        garage.enter("A 3", 1)
    garage.leave("A 1", 5)
    assert garage.free == 1
    garage.enter("A 3", 6)


def test_a_car_twice():
    garage = Garage(3)
    garage.enter("ab 1", 0)
    with pytest.raises(ValueError):
        garage.enter("AB1", 1)
    assert garage.free == 2


def test_leaving():
    garage = Garage(1)
    with pytest.raises(KeyError):
        garage.leave("AB 1", 0)
    garage.enter("ab 1", 100)
    assert garage.leave("AB 1", 161) == 400
    with pytest.raises(KeyError):
        garage.leave("AB 1", 162)


def test_no_places():
    with pytest.raises(ValueError):
        Garage(0)


def test_texts():
    assert format_minutes(65) == "1:05"
    assert format_minutes(1500) == "25:00"
    assert format_price(250) == "2.50 EUR"
    assert format_price(1005) == "10.05 EUR"
    assert format_price(0) == "free"


def test_receipt():
    assert receipt("ab 1", 65) == "AB 1 parked 1:05, 4.00 EUR"
    assert receipt("ab 1", 10) == "AB 1 parked 0:10, free"
