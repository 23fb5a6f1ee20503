from solution import describe, load_settings, merge, parse_overrides


def test_overrides():
    assert parse_overrides(["retry.times=5", "output.folder=/tmp/x"]) == {
        "retry": {"times": 5},
        "output": {"folder": "/tmp/x"},
    }


def test_merge_plain_values():
    assert merge({"a": 1, "b": [1, 2]}, {"b": [3]}) == {"a": 1, "b": [3]}


def test_settings_do_not_stick():
    assert load_settings('{"output": {"format": "json"}}')["output"]["format"] == "json"
    assert load_settings()["output"]["format"] == "csv"


def test_deeper_tables():
    settings = load_settings('{"retry": {"wait": {"first": 5}}}')
    assert settings["retry"]["wait"] == {"first": 5, "factor": 2}


def test_describe():
    assert describe({"b": {"c": "x"}, "a": 1}) == ["a = 1", 'b.c = "x"']
