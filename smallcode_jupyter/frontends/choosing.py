"""Naming what is accepted or rejected: all, `PATH`, or `PATH:1,3` with hunks counted from 1 as in the diff."""

from __future__ import annotations

import re
from typing import Literal

from smallcode_jupyter.protocol.changes import ChangeSet
from smallcode_jupyter.protocol.errors import UsageError
from smallcode_jupyter.workspace.selection import Choice

__all__ = ["parse_choice"]

_NAMED = re.compile(r"^(?P<path>.+?):(?P<hunks>\d+(?:,\d+)*)$")


def parse_choice(words: str, *, verdict: Literal["accept", "reject"], pending: ChangeSet | None) -> Choice:
    """The choice that the words name; no words name everything. Raises UsageError for what is not proposed."""
    if pending is None or pending.is_empty:
        raise UsageError(f"There is nothing to {verdict}.", hint="Ask for something with %%smallcode first.")
    named = words.strip()
    if not named:
        return Choice(verdict=verdict)
    files = {change.path: change for change in pending.files}
    if named in files:
        return Choice(verdict=verdict, path=named)
    found = _NAMED.match(named)
    path = found["path"] if found else named
    if path not in files:
        raise UsageError(f"No change of {path} is proposed.", hint=f"Proposed: {', '.join(files)}.")
    assert found is not None
    numbers = {int(number) for number in found["hunks"].split(",")}
    count = len(files[path].hunks())
    if not numbers <= set(range(1, count + 1)):
        raise UsageError(f"{path} has {count} hunk{'s' if count != 1 else ''}.", hint="Count them from 1.")
    return Choice(verdict=verdict, path=path, hunks=frozenset(number - 1 for number in numbers))
