from solution import History


def test_undo():
    history = History("a")
    history.record("ab")
    history.record("abc")
    assert history.current == "abc"
    assert history.can_undo() is True
    assert history.undo() == "ab"
    assert history.undo() == "a"
    assert history.can_undo() is False


def test_nothing_to_undo():
    assert History("a").undo() == "a"
