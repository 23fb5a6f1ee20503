"""What one file needs of others: what it imports, and what defines the names that a task speaks of."""

from __future__ import annotations

from collections.abc import Sequence

from smallcode_jupyter.index.facts import Symbol
from smallcode_jupyter.index.graph import imports_of
from smallcode_jupyter.index.question import Question
from smallcode_jupyter.index.rank import Ranked
from smallcode_jupyter.index.store import FileRow
from smallcode_jupyter.index.view import View
from smallcode_jupyter.index.words import IDENTIFIER

__all__ = ["around"]

_MOST_FILES = 8
_MOST_DEFINERS = 3
_IMPORTED, _DEFINES = 2.0, 1.0


def around(view: View, path: str, question: Question, text: str) -> list[Ranked]:
    """The files that this one needs, those it imports first; what it names in them matters most.

    May raise sqlite3.Error.
    """
    own = view.files_at([path])
    scores: dict[int, tuple[float, str]] = {}
    rows: dict[int, FileRow] = {}
    for edge in imports_of(view, own):
        rows[edge.imported.id] = edge.imported
        scores[edge.imported.id] = (_IMPORTED, f"imported by {path}")
    for file, name in _definers(view, question).items():
        scores.setdefault(file, (_DEFINES, f"defines {name}"))
    rows |= {row.id: row for row in view.files([file for file in scores if file not in rows])}
    found = [row for row in rows.values() if not row.is_test and row.path != path]
    found.sort(key=lambda row: (-scores[row.id][0], row.path))
    symbols = view.symbols_in([row.id for row in found[:_MOST_FILES]])
    names = set(IDENTIFIER.findall(text)) | set(question.names)
    return [
        Ranked(
            file=row,
            score=scores[row.id][0],
            reasons=(scores[row.id][1],),
            symbols=tuple(symbols[row.id]),
            matched=_named(symbols[row.id], names),
        )
        for row in found[:_MOST_FILES]
    ]


def _definers(view: View, question: Question) -> dict[int, str]:
    """Files that define what stands in the words as code, each with one such name."""
    by_name: dict[str, set[int]] = {}
    for file, symbol in view.symbols_named(question.names):
        if symbol.kind != "impl":
            by_name.setdefault(symbol.name, set()).add(file)
    return {file: name for name, files in by_name.items() if len(files) <= _MOST_DEFINERS for file in files}


def _named(symbols: Sequence[Symbol], names: set[str]) -> frozenset[int]:
    return frozenset(at for at, one in enumerate(symbols) if one.name in names)
