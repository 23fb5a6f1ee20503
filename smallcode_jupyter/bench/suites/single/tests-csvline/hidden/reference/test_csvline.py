"""Tests of csvline.py."""

from csvline import join_line


def test_plain():
    assert join_line(["a", "b", "c"]) == "a,b,c"


def test_comma():
    assert join_line(["a", "b,c"]) == 'a,"b,c"'


def test_empty():
    assert join_line(["a", "", "c"]) == "a,,c"


def test_separator():
    assert join_line(["a", "b"], ";") == "a;b"
