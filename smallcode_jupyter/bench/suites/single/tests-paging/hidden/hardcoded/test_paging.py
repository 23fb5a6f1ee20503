from paging import page_of


def test_last():
    assert page_of(["a", "b", "c"], 2, 2) == ["c"]


def test_last_length():
    assert len(page_of(["a", "b", "c"], 2, 2)) == 1


def test_last_item():
    assert page_of(["a", "b", "c"], 2, 2)[0] == "c"
