from solution import shift


def test_later():
    assert shift("00:01:58,250", 5) == "00:02:03,250"


def test_earlier():
    assert shift("01:00:01,007", -2) == "00:59:59,007"
