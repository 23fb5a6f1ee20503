from solution import History


def test_undo_and_redo():
    history = History("a")
    history.record("ab")
    history.record("abc")
    assert history.current == "abc"
    assert history.undo() == "ab"
    assert history.redo() == "abc"


def test_recording_forgets_redo():
    history = History("a")
    history.record("ab")
    history.undo()
    history.record("abx")
    assert history.can_redo() is False
    assert history.can_undo() is True


def test_nothing_to_undo():
    assert History("a").undo() == "a"
