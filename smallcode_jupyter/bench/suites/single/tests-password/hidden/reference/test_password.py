from password import is_good


def test_good():
    assert is_good("abcdefg1")
    assert is_good("longpassword1")


def test_short():
    assert not is_good("abc1")
    assert not is_good("abcdef1")


def test_no_digit():
    assert not is_good("longpassword")
