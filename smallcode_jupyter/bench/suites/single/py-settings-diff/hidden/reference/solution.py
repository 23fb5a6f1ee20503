"""What changed between two settings files."""

import json


def changes(old, new):
    """One text for every leaf that was added, removed or changed, sorted by path."""
    before, after = dict(_leaves(old, "")), dict(_leaves(new, ""))
    found = []
    for path in sorted(before.keys() | after.keys()):
        if path not in before:
            found.append(f"+ {path} = {json.dumps(after[path])}")
        elif path not in after:
            found.append(f"- {path} = {json.dumps(before[path])}")
        elif before[path] != after[path]:
            found.append(f"~ {path}: {json.dumps(before[path])} -> {json.dumps(after[path])}")
    return found


def _leaves(settings, start):
    for key, value in settings.items():
        if isinstance(value, dict) and value:
            yield from _leaves(value, f"{start}{key}.")
        else:
            yield f"{start}{key}", value
