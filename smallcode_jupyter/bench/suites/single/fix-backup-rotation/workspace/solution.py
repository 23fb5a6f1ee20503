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
    return date(year, month, day)


def newest_first(names):
    """(day, name) of every backup, the newest first; other files are left out."""
    found = []
    for name in names:
        day = backup_date(name)
        if day is not None:
            found.append((day, name))
    return sorted(found, reverse=True)


def day_of(day):
    """What tells days apart."""
    return day


def week_of(day):
    """What tells weeks apart; they run from Monday to Sunday."""
    return day.isocalendar()[1]


def month_of(day):
    """What tells months apart."""
    return day.year, day.month


def newest_per(backups, period, count):
    """The names of the newest backup in each of the `count` latest periods that have one."""
    kept = {}
    for day, name in backups:
        key = period(day)
        if key in kept:
            continue
        if len(kept) == count:
            break
        kept[key] = name
    return set(kept.values())


def plan(names, daily=7, weekly=4, monthly=12):
    """(keep, delete), both sorted by name; files that are not backups are in neither."""
    backups = newest_first(names)
    keep = newest_per(backups, day_of, daily)
    keep |= newest_per(backups, week_of, weekly)
    keep |= newest_per(backups, month_of, monthly)
    delete = {name for _, name in backups} - keep
    return sorted(keep), sorted(delete)
