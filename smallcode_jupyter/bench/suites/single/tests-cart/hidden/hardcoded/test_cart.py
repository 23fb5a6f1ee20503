import pytest
from cart import Cart


def filled():
    cart = Cart()
    cart.add("pen", 200, 3)
    cart.add("book", 1500)
    return cart


def test_total():
    cart = Cart()
    cart.add("pen", 200, 3)
    assert cart.total() == 600


def test_ten():
    cart = Cart()
    cart.add("pen", 200, 3)
    cart.apply("TEN")
    assert cart.total() == 540


def test_empty():
    assert Cart().total() == 0
