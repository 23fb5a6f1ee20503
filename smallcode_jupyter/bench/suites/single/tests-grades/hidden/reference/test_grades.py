from grades import letter


def test_a():
    assert letter(100) == "A"
    assert letter(90) == "A"


def test_b():
    assert letter(89) == "B"
    assert letter(60) == "B"


def test_c():
    assert letter(59) == "C"
    assert letter(0) == "C"
