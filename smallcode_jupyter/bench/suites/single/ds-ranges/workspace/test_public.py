import pytest
from solution import RangeSet


def test_example():
    known = RangeSet()
    known.add(0, 10)
    known.add(20, 30)
    known.add(10, 12)
    assert known.ranges() == [(0, 12), (20, 30)]
    assert known.missing(5, 25) == [(12, 20)]
    known.remove(5, 22)
    assert known.ranges() == [(0, 5), (22, 30)]
    assert len(known) == 13
    assert 4 in known and 5 not in known


def test_empty_range():
    with pytest.raises(ValueError):
        RangeSet().add(3, 3)
