import pytest
from paging import page_of


def test_example():
    page = page_of(["a", "b", "c"], 2, 2)
    assert page == {"items": ["c"], "number": 2, "pages": 2, "previous": 1, "next": None}


def test_items():
    assert page_of(["a", "b", "c"], 2, 2)["items"] == ["c"]


def test_pages():
    assert page_of(["a", "b", "c"], 2, 2)["pages"] == 2
