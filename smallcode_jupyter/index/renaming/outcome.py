"""What a renaming or a change of a signature would do."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Site", "Transformation", "sites_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """One line that changes."""

    path: str
    line: int
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Transformation:
    """All changes of one exact edit. Nothing is written by making it."""

    what: str
    """`function normal_reg of src/fleet/vehicles.py`."""
    texts: dict[str, str]
    """The whole new text of each file that changes."""
    sites: tuple[Site, ...]
    notes: tuple[str, ...] = ()
    """What was left on purpose, and what a person may want to look at."""


def sites_of(path: str, before: str, after: str) -> list[Site]:
    """The lines that differ; both texts have as many lines."""
    pairs = zip(before.split("\n"), after.split("\n"), strict=True)
    return [
        Site(path=path, line=number, before=old.strip(), after=new.strip())
        for number, (old, new) in enumerate(pairs, 1)
        if old != new
    ]
