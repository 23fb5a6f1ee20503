import pytest
from shipping import shipping_cost


def test_light():
    assert shipping_cost(1, 20) == 5
    assert shipping_cost(2, 20) == 5


def test_heavy():
    assert shipping_cost(10, 20) == 9
    assert shipping_cost(10.5, 20) == 20


def test_free():
    assert shipping_cost(50, 100) == 0
    assert shipping_cost(1, 99) == 5


def test_express():
    assert shipping_cost(1, 20, express=True) == 12
    assert shipping_cost(1, 150, express=True) == 7


def test_no_weight():
    for weight in (0, -1):
        with pytest.raises(ValueError):
            shipping_cost(weight, 20)
