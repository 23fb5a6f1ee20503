import pytest

from inventory import Inventory, OutOfStock


def test_add_twice_adds_up():
    stock = Inventory()
    stock.add("nail", 5)
    stock.add("nail", 7)
    assert stock.count("nail") == 12


def test_take_the_last_one():
    stock = Inventory({"saw": 1})
    stock.take("saw")
    assert stock.names() == []


def test_take_too_many():
    stock = Inventory({"saw": 1})
    with pytest.raises(OutOfStock):
        stock.take("saw", 2)
    assert stock.count("saw") == 1
