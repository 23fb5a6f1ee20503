import pytest
from grades import average, letter


def test_limits():
    assert [letter(points) for points in (90, 80, 70, 60)] == ["A", "B", "C", "D"]
    assert [letter(points) for points in (89, 79, 69, 59)] == ["B", "C", "D", "F"]


def test_out_of():
    assert letter(19, out_of=20) == "A"
    assert letter(9, out_of=20) == "F"


def test_impossible_points():
    with pytest.raises(ValueError):
        letter(-1)
    with pytest.raises(ValueError):
        letter(101)


def test_lowest_is_dropped():
    assert average([70, 10, 80, 90]) == 80
    assert average([10, 20, 60]) == 30


def test_empty():
    assert average([]) == 0
