from shipping import shipping_cost


def test_one_kilogram():
    assert shipping_cost(1) == 5


def test_one_kilogram_again():
    assert shipping_cost(1, False) == 5


def test_one_kilogram_by_name():
    assert shipping_cost(weight_kg=1) == 5
