import pytest
from grades import average, letter


def test_a():
    assert letter(95) == "A"


def test_f():
    assert letter(30) == "F"


def test_average():
    assert average([10, 20]) == 15
