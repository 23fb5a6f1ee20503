import pytest
from cart import Cart


def filled():
    cart = Cart()
    cart.add("pen", 200, 3)
    cart.add("book", 1500)
    return cart


def test_add_more():
    cart = filled()
    cart.add("pen", 200, 2)
    assert cart.total() == 2500


def test_remove_all():
    cart = filled()
    cart.remove("pen", 3)
    assert "pen" not in cart.items
    with pytest.raises(KeyError):
        cart.remove("pen")


def test_last_coupon_counts():
    cart = filled()
    cart.apply("TEN")
    assert cart.total() == 1890
    cart.apply("FIVE")
    assert cart.total() == 1600
    with pytest.raises(ValueError):
        cart.apply("NINE")
    assert cart.total() == 1600


def test_count():
    assert Cart().count() == 0
    assert filled().count() == 4


def test_never_below_zero():
    cart = Cart()
    cart.add("pen", 200)
    cart.apply("FIVE")
    assert cart.total() == 0
