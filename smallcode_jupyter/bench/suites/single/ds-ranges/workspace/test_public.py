from solution import merge_ranges


def test_touching():
    assert merge_ranges([(20, 30), (0, 10), (10, 12)]) == [(0, 12), (20, 30)]


def test_inside():
    assert merge_ranges([(0, 9), (2, 5)]) == [(0, 9)]


def test_empty():
    assert merge_ranges([]) == []
