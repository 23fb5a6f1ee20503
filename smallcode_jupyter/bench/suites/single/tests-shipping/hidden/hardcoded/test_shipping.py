import pytest
from shipping import shipping_cost


def test_one_kilogram():
    assert shipping_cost(1, 20) == 5


def test_one_kilogram_again():
    assert shipping_cost(1, 20, False) == 5


def test_one_kilogram_by_name():
    assert shipping_cost(weight_kg=1, order_total=20) == 5
