"""What changing some names touches: the steps of a plan, found without asking a model."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from smallcode_jupyter.index.facts import Symbol
from smallcode_jupyter.index.store import FileRow
from smallcode_jupyter.index.view import View

__all__ = ["Impact", "Role", "impact_of"]

Role = Literal["defines", "extends", "calls", "mentions"]
_ORDER: dict[Role, int] = {"defines": 0, "extends": 1, "calls": 2, "mentions": 3}
_MOST_FILES = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Impact:
    """One file that a change of the names touches."""

    path: str
    role: Role
    """The strongest one: what defines the name must change first, what extends or calls it must follow."""
    reasons: tuple[str, ...]
    """`calls find_rate in board`, one for each name and role."""
    symbols: tuple[Symbol, ...]
    """The definitions in the file that are concerned, in the order of the text."""
    is_test: bool
    is_sure: bool
    """False where another thing has the same name and may be the one that is meant."""


def impact_of(view: View, names: Sequence[str], *, text: Callable[[str], str]) -> list[Impact]:
    """The files that changing these names (`name` or `Owner.name`) touches: definitions first, tests last.

    `text` gives a file's text: what only has the name in another case is left out. May raise sqlite3.Error.
    """
    found: dict[str, Impact] = {}
    for name in names:
        for one in _of_name(view, name, text):
            found[one.path] = _united(found[one.path], one) if one.path in found else one
    return sorted(found.values(), key=lambda one: (one.is_test, _ORDER[one.role], one.path))


def _of_name(view: View, name: str, text: Callable[[str], str]) -> list[Impact]:
    owner, _, last = name.rpartition(".")
    every = [(file, one) for file, one in view.symbols_named([last]) if one.kind != "impl"]
    meant = [(file, one) for file, one in every if not owner or one.owner.rpartition(".")[2] == owner]
    if not meant:
        return []
    is_sure = len({(file, one.owner) for file, one in every}) == len(
        {(file, one.owner) for file, one in meant}
    )
    users = {file for file, _ in meant} | set(view.files_using(last, limit=_MOST_FILES))
    word = re.compile(rf"(?<!\w){re.escape(last)}(?!\w)")
    rows = [row for row in view.files(sorted(users)) if word.search(text(row.path))]
    inside = view.symbols_in([row.id for row in rows])
    defined = {(file, one.line) for file, one in meant}
    return [_of_file(row, inside[row.id], last, defined, is_sure) for row in rows]


def _of_file(
    row: FileRow, symbols: Sequence[Symbol], name: str, defined: set[tuple[int, int]], is_sure: bool
) -> Impact:
    own = [one for one in symbols if one.name == name and (row.id, one.line) in defined]
    children = [one for one in symbols if name in one.bases]
    callers = [one for one in symbols if name in one.calls and one not in own]
    reasons = [f"defines {one.qualified}" for one in own]
    reasons += [f"{one.qualified} extends {name}" for one in children]
    reasons += [f"calls {name} in {one.qualified}" for one in callers]
    role: Role = "defines" if own else "extends" if children else "calls" if callers else "mentions"
    concerned = sorted({one.line: one for one in (*own, *children, *callers)}.items())
    return Impact(
        path=row.path,
        role=role,
        reasons=tuple(reasons) or (f"mentions {name}",),
        symbols=tuple(one for _, one in concerned),
        is_test=row.is_test,
        is_sure=is_sure or bool(own),
    )


def _united(one: Impact, other: Impact) -> Impact:
    symbols = {symbol.line: symbol for symbol in (*one.symbols, *other.symbols)}
    return Impact(
        path=one.path,
        role=min(one.role, other.role, key=_ORDER.__getitem__),
        reasons=tuple(dict.fromkeys((*one.reasons, *other.reasons))),
        symbols=tuple(symbol for _, symbol in sorted(symbols.items())),
        is_test=one.is_test,
        is_sure=one.is_sure and other.is_sure,
    )
