import pytest
from cart import Cart


def filled():
    cart = Cart()
    cart.add("pen", 2, 3)
    cart.add("book", 15)
    return cart


def test_total():
    assert filled().total() == 21


def test_count():
    assert filled().count() == 4


def test_add_more():
    cart = filled()
    cart.add("pen", 2, 2)
    assert cart.total() == 25


def test_remove():
    cart = filled()
    cart.remove("pen")
    assert cart.total() == 15
    with pytest.raises(KeyError):
        cart.remove("pen")
