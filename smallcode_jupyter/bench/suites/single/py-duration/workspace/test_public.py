import pytest
from solution import format_duration, parse_duration


def test_parse():
    assert parse_duration("1h30m") == 5400
    assert parse_duration("45s") == 45


def test_format():
    assert format_duration(5400) == "1h30m"
    assert format_duration(0) == "0s"


def test_unknown_unit():
    with pytest.raises(ValueError):
        parse_duration("3x")
