from solution import changes


def test_example():
    old = {"db": {"host": "a", "port": 1}, "debug": True}
    new = {"db": {"host": "b", "port": 1}, "tags": ["x"]}
    assert changes(old, new) == ['~ db.host: "a" -> "b"', "- debug = true", '+ tags = ["x"]']


def test_equal():
    assert changes({"a": {"b": [1, 2]}}, {"a": {"b": [1, 2]}}) == []
