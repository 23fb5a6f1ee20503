"""Tests of paging.py."""

from paging import page_of


def test_first():
    assert page_of([1, 2, 3, 4, 5], 1, 2) == [1, 2]


def test_second():
    assert page_of([1, 2, 3, 4, 5], 2, 2) == [3, 4]


def test_last():
    assert page_of([1, 2, 3, 4, 5], 3, 2) == [5]


def test_beyond():
    assert page_of([1, 2, 3, 4, 5], 4, 2) == []
