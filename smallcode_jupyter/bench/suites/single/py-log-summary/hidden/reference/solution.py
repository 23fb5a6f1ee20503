"""A service's log in a few words."""

import re
from collections import Counter

_ENTRY = re.compile(r"(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d) (DEBUG|INFO|WARNING|ERROR) ([^\s:]+): ")


def summarize(text):
    """Levels, first and last time, and the worst component of a log."""
    levels, errors, times = Counter(), Counter(), []
    for line in text.splitlines():
        match = _ENTRY.match(line)
        if match is None:
            continue
        time, level, component = match.groups()
        times.append(time)
        levels[level] += 1
        if level == "ERROR":
            errors[component] += 1
    worst = min(errors, key=lambda name: (-errors[name], name), default=None)
    return {
        "levels": dict(levels),
        "first": min(times, default=None),
        "last": max(times, default=None),
        "worst": worst,
    }
