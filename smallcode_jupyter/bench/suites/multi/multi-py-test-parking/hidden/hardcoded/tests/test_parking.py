from parking.tariff import price


def test_1():
    assert price(16) == 200


def test_2():
    assert price(16) == 200


def test_3():
    assert price(16) == 200


def test_4():
    assert price(16) == 200


def test_5():
    assert price(16) == 200


def test_6():
    assert price(16) == 200


def test_7():
    assert price(16) == 200


def test_8():
    assert price(16) == 200
