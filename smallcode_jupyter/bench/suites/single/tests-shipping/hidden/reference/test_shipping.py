from shipping import shipping_cost


def test_light():
    assert shipping_cost(1) == 5
    assert shipping_cost(10) == 5


def test_heavy():
    assert shipping_cost(11) == 20


def test_express():
    assert shipping_cost(1, express=True) == 12
    assert shipping_cost(30, express=True) == 27
