from solution import load_settings, merge


def test_plain_values():
    assert merge({"a": 1, "b": [1, 2]}, {"b": [3]}) == {"a": 1, "b": [3]}


def test_inner_dicts():
    assert merge({"a": {"b": 1, "c": 2}}, {"a": {"c": 3}}) == {"a": {"b": 1, "c": 3}}


def test_settings_do_not_stick():
    assert load_settings('{"output": {"format": "json"}}')["output"]["format"] == "json"
    assert load_settings()["output"]["format"] == "csv"
