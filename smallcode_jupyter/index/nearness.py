"""What the files next to some others score: who imports them, what they import, what tests them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from smallcode_jupyter.index.graph import importers_of, imports_of
from smallcode_jupyter.index.store import FileRow
from smallcode_jupyter.index.view import View

__all__ = ["beside", "near"]

_TESTS, _BESIDE = 0.35, 0.25
"""What share of a file's score goes to its tests, and to the other files of its Go package."""
_IMPORTER, _IMPORTED = 0.45, 0.3
"""The same along imports, where something is to change: that touches those that import it."""
_EFFECT, _CAUSE = 0.2, 0.8
"""The same, where something is wrong: the cause may lie in what it imports, or in what that imports."""
_CAUSE_STEPS = 2

Score = tuple[float, str]
"""With its reason."""


def near(view: View, scores: Mapping[int, float], *, is_fault: bool) -> dict[int, Score]:
    """The scores that the neighbours of these files (ids with scores) get. May raise sqlite3.Error."""
    found: dict[int, Score] = {}
    seeds = view.files(list(scores))
    _add_importers(view, seeds, scores, found, _EFFECT if is_fault else _IMPORTER)
    for row, seed in beside(view, seeds):
        _raise(found, row.id, _BESIDE * scores[seed.id], f"of one package with {seed.path}")
    share = _CAUSE if is_fault else _IMPORTED
    step = dict(scores)
    for _ in range(_CAUSE_STEPS if is_fault else 1):
        step = _add_imported(view, view.files(list(step)), step, found, share)
    return found


def _raise(found: dict[int, Score], file: int, score: float, reason: str) -> None:
    if score > found.get(file, (0.0, ""))[0]:
        found[file] = (score, reason)


def _add_importers(
    view: View, seeds: list[FileRow], scores: Mapping[int, float], found: dict[int, Score], share: float
) -> None:
    for edge in importers_of(view, seeds):
        score, path = scores[edge.imported.id], edge.imported.path
        if edge.importer.is_test:
            _raise(found, edge.importer.id, _TESTS * score, f"tests {path}")
        else:
            _raise(found, edge.importer.id, share * score, f"imports {path}")


def _add_imported(
    view: View, seeds: list[FileRow], scores: Mapping[int, float], found: dict[int, Score], share: float
) -> dict[int, float]:
    """Also gives the scores of what was met, from which the next step begins."""
    met: dict[int, float] = {}
    for edge in imports_of(view, seeds):
        score = share * scores[edge.importer.id]
        _raise(found, edge.imported.id, score, f"imported by {edge.importer.path}")
        met[edge.imported.id] = max(score, met.get(edge.imported.id, 0.0))
    return met


def beside(view: View, seeds: Iterable[FileRow]) -> list[tuple[FileRow, FileRow]]:
    """Files of the Go packages that these belong to, each with another one of these."""
    by_module: dict[str, list[FileRow]] = {}
    for seed in seeds:
        if seed.language == "go":
            by_module.setdefault(seed.module, []).append(seed)
    return [
        (row, seed)
        for row in view.files_of_module(sorted(by_module))
        for seed in by_module[row.module]
        if row.id != seed.id and row.language == "go"
    ]
