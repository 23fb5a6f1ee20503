from solution import changes


def test_example():
    old = {"host": "a", "port": 1, "debug": 0}
    new = {"host": "b", "port": 1, "size": 5}
    assert changes(old, new) == {"added": ["size"], "removed": ["debug"], "changed": ["host"]}


def test_equal():
    assert changes({"a": 1}, {"a": 1}) == {"added": [], "removed": [], "changed": []}
