"""Which files a task is about: by names, by words, and by what imports what. Each with its reasons."""

from __future__ import annotations

import math
import os
from collections.abc import Sequence
from dataclasses import dataclass, field

from smallcode_jupyter.index.facts import Symbol
from smallcode_jupyter.index.nearness import near
from smallcode_jupyter.index.question import Question
from smallcode_jupyter.index.relevance import relevance
from smallcode_jupyter.index.store import FileRow
from smallcode_jupyter.index.view import View
from smallcode_jupyter.index.words import STOP_WORDS, words_of

__all__ = ["Ranked", "rank"]

_NAMED, _FOLDER, _DEFINES, _DEFINES_WORD, _USES, _WORDS = 10.0, 3.0, 6.0, 2.0, 4.0, 4.0
"""What each kind of evidence counts at most."""
_SEEDS = 10
_SEED_SHARE = 0.25
"""Of the best score, from which on a file's neighbours are looked at."""
_LONG_WORD = 4
_MOST_FOLDER = 60
_MOST_DEFINERS = 12
_MOST_USERS = 30
_MOST_REASONS = 4
_LOOKED_AT = 3
"""Times as many files as are wanted: tests may lose their place."""
_UNASKED_TEST = 0.6


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """A file that the task may be about."""

    file: FileRow
    score: float
    reasons: tuple[str, ...]
    """Why, the weightiest first: `defines RateTable.find_rate`, `imports src/rates.py`."""
    symbols: tuple[Symbol, ...]
    """What it defines, in the order of the text."""
    matched: frozenset[int]
    """Indices of the symbols that the words are about."""


@dataclass(slots=True)
class _Evidence:
    score: float = 0.0
    reasons: dict[str, float] = field(default_factory=dict)

    def add(self, weight: float, reason: str) -> None:
        self.score += max(0.0, weight - self.reasons.get(reason, 0.0))
        self.reasons[reason] = max(weight, self.reasons.get(reason, 0.0))


class _Ranking:
    """Evidence for each file, by its id."""

    def __init__(self, view: View, question: Question) -> None:
        self.view = view
        self.question = question
        self.found: dict[int, _Evidence] = {}

    def add(self, file: int, weight: float, reason: str) -> None:
        self.found.setdefault(file, _Evidence()).add(weight, reason)


def rank(view: View, question: Question, *, limit: int = 24) -> list[Ranked]:
    """The files that the question is about, best first. May raise sqlite3.Error."""
    ranking = _Ranking(view, question)
    _by_path(ranking)
    _by_name(ranking)
    _by_words(ranking)
    _by_graph(ranking)
    found = sorted(ranking.found.items(), key=lambda one: -one[1].score)[: _LOOKED_AT * limit]
    rows = {row.id: row for row in view.files([file for file, _ in found])}
    wants_tests = "test" in question.words
    scored = sorted(
        (
            (evidence.score * (_UNASKED_TEST if rows[file].is_test and not wants_tests else 1.0), rows[file])
            for file, evidence in found
            if file in rows
        ),
        key=lambda one: (-one[0], one[1].path),
    )[:limit]
    symbols = view.symbols_in([row.id for _, row in scored])
    return [_ranked(ranking, score, row, symbols[row.id]) for score, row in scored]


def _ranked(ranking: _Ranking, score: float, row: FileRow, symbols: Sequence[Symbol]) -> Ranked:
    reasons = sorted(ranking.found[row.id].reasons.items(), key=lambda one: -one[1])
    names, words = set(ranking.question.names), set(ranking.question.words)
    matched = {
        at
        for at, one in enumerate(symbols)
        if one.name in names or names.intersection(one.calls) or _is_about(one, words)
    }
    return Ranked(
        file=row,
        score=round(score, 3),
        reasons=tuple(reason for reason, _ in reasons[:_MOST_REASONS]),
        symbols=tuple(symbols),
        matched=frozenset(matched),
    )


def _is_about(symbol: Symbol, words: set[str]) -> bool:
    """Whether most words of a name are among those of the question."""
    own = words_of(symbol.name)
    return bool(own) and 2 * len(words.intersection(own)) > len(own)


def _by_path(ranking: _Ranking) -> None:
    """Files and folders that are named."""
    view, paths = ranking.view, ranking.question.paths
    for row in view.files_at(paths):
        ranking.add(row.id, _NAMED, "named in the task")
    names = {os.path.basename(path): path for path in paths if "." in path}
    tails = {_stem(name) for name in names} | set(names)
    fitting = [row for row in view.files_ending(sorted(tails)) if os.path.basename(row.path) in names]
    packages = view.files_at([f"{path}/__init__.py" for path in paths if "/" in path])
    by_name: dict[str, list[FileRow]] = {}
    for row in fitting:
        if f"/{row.path}".endswith("/" + names[os.path.basename(row.path)]):
            by_name.setdefault(os.path.basename(row.path), []).append(row)
    plausible = [path for path in paths if "/" in path or path.lower() not in STOP_WORDS]
    folders = view.folders_among(plausible)
    below = {path: view.files_below(f"{path}/", limit=_MOST_FOLDER) for path in folders}
    for rows in by_name.values():
        near = [row for row in rows if any(row.path.startswith(f"{path}/") for path in below)] or rows
        for row in near:
            ranking.add(row.id, _NAMED / math.sqrt(len(near)), "named in the task")
    for path, rows in below.items():
        for row in rows if len(rows) < _MOST_FOLDER else packages:
            ranking.add(row.id, _FOLDER, f"in {path}/")


def _stem(name: str) -> str:
    return name.partition(".")[0] if not name.startswith(".") else name


def _by_name(ranking: _Ranking) -> None:
    """Files that define, call, extend or mention what is named."""
    view, question = ranking.view, ranking.question
    is_code = set(question.names)
    definers: dict[str, list[tuple[int, Symbol]]] = {}
    for file, symbol in view.symbols_named(question.tokens):
        if symbol.kind != "impl":
            definers.setdefault(symbol.name, []).append((file, symbol))
    for name, found in definers.items():
        owned = [(file, one) for file, one in found if (one.owner.rpartition(".")[2], name) in question.owned]
        found = owned or found
        files = {file for file, _ in found}
        if len(files) > _MOST_DEFINERS:
            continue
        if name in is_code:
            for file, symbol in found:
                ranking.add(file, _DEFINES / math.sqrt(len(files)), f"defines {symbol.qualified}")
            _by_use(ranking, name, files)
            continue
        for file, symbol in found:
            if not symbol.owner and len(name) >= _LONG_WORD:
                ranking.add(file, _DEFINES_WORD / len(files), f"defines {name}")


def _by_use(ranking: _Ranking, name: str, definers: set[int]) -> None:
    users = [file for file in ranking.view.files_using(name, limit=_MOST_USERS + 1) if file not in definers]
    if len(users) > _MOST_USERS:
        return
    weight = _USES / math.sqrt(1 + len(users) / 4)
    reasons: dict[int, str] = {}
    for file, symbol in ranking.view.symbols_using(name, users):
        is_call = name in symbol.calls
        reason = f"calls {name} in {symbol.qualified}" if is_call else f"{symbol.qualified} extends {name}"
        reasons.setdefault(file, reason)
    for file in users:
        ranking.add(file, weight if file in reasons else weight / 2, reasons.get(file, f"mentions {name}"))


def _by_words(ranking: _Ranking) -> None:
    found = relevance(ranking.view, ranking.question.words)
    best = max((one.score for one in found.values()), default=0.0)
    for file, one in found.items():
        shown = ", ".join(dict.fromkeys(ranking.question.written[word] for word in one.words[:3]))
        ranking.add(file, _WORDS * one.score / best, f"speaks of {shown}")


def _by_graph(ranking: _Ranking) -> None:
    """What is next to the best files."""
    best = max((one.score for one in ranking.found.values()), default=0.0)
    chosen = sorted(ranking.found.items(), key=lambda one: -one[1].score)[:_SEEDS]
    scores = {file: one.score for file, one in chosen if one.score >= _SEED_SHARE * best}
    for file, (score, reason) in near(ranking.view, scores, is_fault=ranking.question.is_fault).items():
        ranking.add(file, score, reason)
