import pytest
from paging import page_of


def test_full_pages():
    assert page_of([1, 2, 3, 4], 1, 2)["pages"] == 2
    assert page_of([1, 2, 3, 4, 5], 1, 2)["pages"] == 3


def test_empty():
    page = page_of([])
    assert (page["items"], page["pages"], page["number"]) == ([], 1, 1)


def test_number_out_of_range():
    assert page_of([1, 2, 3], 9, 2)["items"] == [3]
    assert page_of([1, 2, 3], 9, 2)["number"] == 2
    assert page_of([1, 2, 3], 0, 2)["items"] == [1, 2]


def test_neighbours():
    found = [page_of("abcde", number, 2) for number in (1, 2, 3)]
    assert [page["previous"] for page in found] == [None, 1, 2]
    assert [page["next"] for page in found] == [2, 3, None]


def test_size():
    for size in (0, -1):
        with pytest.raises(ValueError):
            page_of([1], 1, size)
