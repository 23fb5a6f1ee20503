"""Decides which nightly backups are kept and which may go."""

import re
from datetime import date

_NAME = re.compile(r"[\w-]+-(\d{4})(\d{2})(\d{2})\.tar\.gz")


def backup_date(name):
    """The day of a backup such as "db-20250131.tar.gz", or None if it is not the name of a backup."""
    match = _NAME.fullmatch(name)
    if match is None:
        return None
    year, month, day = map(int, match.groups())
    try:
        return date(year, month, day)
    except ValueError:
        return None


def newest_first(names):
    """(day, name) of every backup, the newest first; other files are left out."""
    found = []
    for name in names:
        day = backup_date(name)
        if day is not None:
            found.append((day, name))
    return sorted(found, reverse=True)


def plan(names, count):
    """(keep, delete), both sorted by name: the newest `count` backups are kept."""
    backups = [name for _, name in newest_first(names)]
    return sorted(backups[:count]), sorted(backups[count:])
