"""Merges the logs of several services into one."""

import re
from dataclasses import dataclass, field

LEVELS = ["DEBUG", "INFO", "WARN", "ERROR"]
_START = re.compile(r"(\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}) (DEBUG|INFO|WARN|ERROR) (.*)")


@dataclass
class Entry:
    """One message, with the lines that follow it in the log."""

    time: str
    service: str
    level: str
    message: str
    more: list[str] = field(default_factory=list)


def parse_log(text, service):
    """The entries of one log.

    A line without a time belongs to the entry before it. Such lines at the very beginning are left out.
    """
    entries = []
    current = None
    for line in text.splitlines():
        match = _START.fullmatch(line)
        if match:
            if current is not None:
                entries.append(current)
            current = Entry(match[1], service, match[2], match[3])
        elif current is not None:
            current.more.append(line)
    if current is not None:
        entries.append(current)
    return entries


def merge_logs(logs):
    """All entries of {service: text} in order of time; at the same time, in order of the services' names."""
    entries = []
    for service in sorted(logs):
        entries.extend(parse_log(logs[service], service))
    return sorted(entries, key=lambda entry: entry.time)


def format_entry(entry):
    """An entry as it is printed, with its further lines."""
    first = f"{entry.time} {entry.service} {entry.level} {entry.message}"
    return "\n".join([first, *entry.more])


def merged_text(logs, level="DEBUG"):
    """All entries of at least this level as one text."""
    lowest = LEVELS.index(level)
    chosen = [entry for entry in merge_logs(logs) if LEVELS.index(entry.level) >= lowest]
    return "\n".join(format_entry(entry) for entry in chosen)


def count_levels(logs):
    """How many entries there are of each level, such as {"INFO": 2}; only levels that occur."""
    counts = {}
    for entry in merge_logs(logs):
        counts[entry.level] = counts.get(entry.level, 0) + 1
    return counts
