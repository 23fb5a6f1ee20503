"""Nested settings as dictionaries."""

import json


def load(path):
    """The settings of a JSON file."""
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def deep_merge(base, extra):
    """Return a new dict with the keys of both. Where both have a dict under a key, these are merged the same way;
    otherwise the value of `extra` wins, but a None in `extra` removes the key. Neither argument is changed.

    >>> deep_merge({"a": {"x": 1, "y": 2}, "b": [1]}, {"a": {"y": 3}, "b": [2]})
    {'a': {'x': 1, 'y': 3}, 'b': [2]}
    >>> deep_merge({"a": 1, "b": 2}, {"a": None})
    {'b': 2}
    """
    raise NotImplementedError
