import pytest
from csvline import join_line, split_line


def test_join():
    assert join_line(["a", "b,c"]) == 'a,"b,c"'


def test_split():
    assert split_line('a,"b,c"') == ["a", "b,c"]


def test_both():
    assert split_line(join_line(["a", "b,c"])) == ["a", "b,c"]
