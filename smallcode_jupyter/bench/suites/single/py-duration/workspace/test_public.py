from solution import format_duration


def test_format():
    assert format_duration(5400) == "1h 30m"
    assert format_duration(45) == "45s"
    assert format_duration(3661) == "1h 1m 1s"


def test_zero():
    assert format_duration(0) == "0s"
