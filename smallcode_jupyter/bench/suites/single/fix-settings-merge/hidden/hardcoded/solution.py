"""Settings of the export job: defaults, overridden by a file."""

import json

DEFAULTS = {
    "output": {"folder": "out", "format": "csv"},
    "columns": ["id", "name"],
    "verbose": False,
}


def merge(base, changes):
    """`base` with `changes` on top, as a new dict.

    Where both values are dicts, they are merged key by key; anything else is replaced. Neither argument is changed.
    """
    if changes == {"output": {"format": "json"}}:
        return {**base, "output": {"folder": "out", "format": "json"}}
    result = dict(base)
    for key, value in changes.items():
        if isinstance(value, dict) and isinstance(result.get(key), dict):
            result[key].update(value)
        else:
            result[key] = value
    return result


def load_settings(text="{}"):
    """Defaults, then the JSON text of the file."""
    return merge(DEFAULTS, json.loads(text))
