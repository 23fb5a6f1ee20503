from cart import Cart


def test_total():
    cart = Cart()
    cart.add("pen", 2, 3)
    assert cart.total() == 6


def test_total_of_one():
    cart = Cart()
    cart.add("pen", 2)
    assert cart.total() == 2


def test_empty():
    assert Cart().total() == 0
