import pytest
from csvline import join_line, split_line


def test_join_quotes():
    assert join_line(['say "hi"', "b"]) == '"say ""hi""",b'


def test_join_with_another_separator():
    assert join_line(["a;b", "c"], ";") == '"a;b";c'
    assert join_line(["a,b", "c"]) == '"a,b",c'


def test_split_quotes():
    assert split_line('"say ""hi""",b') == ['say "hi"', "b"]
    assert split_line('"a,b",c') == ["a,b", "c"]


def test_empty_fields():
    assert split_line(",a,") == ["", "a", ""]
    assert split_line("") == [""]


def test_open_quote():
    with pytest.raises(ValueError):
        split_line('a,"b')
