from grades import letter


def test_a():
    assert letter(95) == "A"


def test_c():
    assert letter(30) == "C"


def test_c_again():
    assert letter(30) != "A"
