from solution import changes


def test_example():
    old = {"host": "a", "port": 1, "debug": 0}
    new = {"host": "b", "port": 1, "size": 5}
    assert changes(old, new) == ["- debug = 0", "~ host: a -> b", "+ size = 5"]


def test_equal():
    assert changes({"a": 1}, {"a": 1}) == []
