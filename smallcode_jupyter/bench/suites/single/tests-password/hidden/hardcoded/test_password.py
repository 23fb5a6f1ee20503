from password import is_good


def test_good():
    assert is_good("longpassword1")


def test_good_again():
    assert is_good("longpassword1") is True


def test_good_and_good():
    assert is_good("longpassword1") == is_good("longpassword1")
