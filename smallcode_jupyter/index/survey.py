"""What the index says about a task: the files that it may be about, how they hang together, and what tests them."""

from __future__ import annotations

from collections.abc import Sequence

from smallcode_jupyter.index.facts import SymbolKind
from smallcode_jupyter.index.graph import Edge, importers_of, imports_of
from smallcode_jupyter.index.nearness import beside
from smallcode_jupyter.index.question import Question
from smallcode_jupyter.index.rank import rank
from smallcode_jupyter.index.store import FileRow
from smallcode_jupyter.index.view import View
from smallcode_jupyter.protocol.tasks import FoundFile

__all__ = ["survey"]

_CODE: frozenset[SymbolKind] = frozenset({"function", "method", "class", "interface", "type"})
_FEW = 3
"""A name that more files define (`main`, `run`) says nothing about which one is meant."""
_SHORTEST = 3
"""Letters of a name that stands in the words like any other word."""
_MOST_USERS = 30
_MOST_TESTS = 8


def survey(view: View, question: Question, *, named: Sequence[str], limit: int = 24) -> tuple[FoundFile, ...]:
    """The best files, those that define what the words name, and the tests of these and of `named`; best first.

    May raise sqlite3.Error.
    """
    ranked = {one.file.id: one for one in rank(view, question, limit=limit)}
    defines = _definers(view, question)
    rows = {row.id: row for row in view.files([file for file in defines if file not in ranked])}
    rows = {file: one.file for file, one in ranked.items()} | rows
    tested = [*view.files_at(named), *(row for file, row in rows.items() if file in defines)]
    tests = _tests_of(view, tested)
    rows |= {row.id: row for row in view.files([file for file in tests if file not in rows])}
    uses = _users(view, question, set(rows))
    imports = _imports(view, list(rows.values()))
    found = [
        FoundFile(
            path=row.path,
            score=ranked[file].score if file in ranked else 0.0,
            reasons=ranked[file].reasons if file in ranked else (),
            is_test=row.is_test,
            defines=tuple(sorted(defines.get(file, ()))),
            uses=tuple(sorted(uses.get(file, ()))),
            imports=tuple(sorted(imports.get(file, ()))),
            tests=tests.get(file, ""),
        )
        for file, row in rows.items()
    ]
    return tuple(sorted(found, key=lambda one: (-one.score, one.path)))


def _definers(view: View, question: Question) -> dict[int, set[str]]:
    """Which files define what stands in the words, as code or not."""
    by_name: dict[str, set[int]] = {}
    for file, symbol in view.symbols_named([one for one in question.tokens if len(one) >= _SHORTEST]):
        if symbol.kind in _CODE:
            by_name.setdefault(symbol.name, set()).add(file)
    found: dict[int, set[str]] = {}
    for name, files in by_name.items():
        for file in files if len(files) <= _FEW else ():
            found.setdefault(file, set()).add(name)
    return found


def _tests_of(view: View, rows: Sequence[FileRow]) -> dict[int, str]:
    """The tests of these files, each with the path of one that it tests."""
    code = [row for row in rows if not row.is_test]
    found = [(edge.importer, edge.imported.path) for edge in importers_of(view, code)]
    found += [(row, seed.path) for row, seed in beside(view, code)]
    tests = {row: path for row, path in reversed(found) if row.is_test}
    near = sorted(tests, key=lambda row: (row.path.count("/"), row.path))[:_MOST_TESTS]
    return {row.id: tests[row] for row in near}


def _users(view: View, question: Question, files: set[int]) -> dict[int, set[str]]:
    """In which of the files stands what the words name as code and the workspace defines."""
    definers: dict[str, set[int]] = {}
    for file, symbol in view.symbols_named(question.names):
        if symbol.kind in _CODE:
            definers.setdefault(symbol.name, set()).add(file)
    found: dict[int, set[str]] = {}
    for name, own in definers.items():
        users = view.files_using(name, limit=_MOST_USERS + 1)
        for file in users if len(users) <= _MOST_USERS else ():
            if file in files and file not in own:
                found.setdefault(file, set()).add(name)
    return found


def _imports(view: View, rows: Sequence[FileRow]) -> dict[int, set[str]]:
    edges: Sequence[Edge] = imports_of(view, rows)
    found: dict[int, set[str]] = {}
    for edge in edges:
        found.setdefault(edge.importer.id, set()).add(edge.imported.path)
    return found
