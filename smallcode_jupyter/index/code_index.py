"""The index of one workspace: brought up to date, then asked."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from threading import Event
from typing import Literal

from smallcode_jupyter.index.around import around
from smallcode_jupyter.index.facts import Symbol
from smallcode_jupyter.index.fit import Fitted, fit
from smallcode_jupyter.index.impact import Impact, impact_of
from smallcode_jupyter.index.question import read_question
from smallcode_jupyter.index.rank import Ranked, rank
from smallcode_jupyter.index.refresh import Progress, Refreshed, refresh
from smallcode_jupyter.index.schema import VERSION
from smallcode_jupyter.index.store import Store
from smallcode_jupyter.index.survey import survey
from smallcode_jupyter.index.view import Staged, View, staged_files
from smallcode_jupyter.protocol.errors import WorkspaceError
from smallcode_jupyter.protocol.tasks import FoundFile
from smallcode_jupyter.workspace.text import read_text_file

__all__ = ["CodeIndex", "LanguageCount", "Place", "Statistics", "store_path"]

_MOST_USERS = 200
"""Files that are read to find where a name stands."""
_MOST_PLACES = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One line where a name is defined or used."""

    path: str
    line: int
    kind: Literal["definition", "import", "call", "use"]
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageCount:
    """How much of one language there is."""

    name: str
    files: int
    lines: int
    symbols: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Statistics:
    """What the index holds."""

    path: Path
    bytes: int
    refreshed: int
    """When, in seconds since 1970; 0 where it never was."""
    languages: tuple[LanguageCount, ...]
    notes: tuple[tuple[str, str], ...]
    """Files of which less is known than could be, with the reason."""


def store_path(state: Path, root: Path) -> Path:
    """Where the index of a workspace is kept: with the other state of that workspace, outside of it."""
    place = state / "workspaces" / sha256(str(root).encode()).hexdigest()[:16]
    return place / f"index-{VERSION}" / "index.sqlite"


class CodeIndex:
    """Opens the store for each call, so that no connection outlives a fork of the kernel.

    All methods raise WorkspaceError where the store cannot be read or written.
    """

    def __init__(self, root: Path, store: Path) -> None:
        self.root = root
        self._path = store
        self._staged: Mapping[str, str | None] = {}
        self._overlay: Mapping[str, Staged | None] = {}

    def overlay(self, texts: Mapping[str, str | None]) -> None:
        """From now on answer as if these files had these texts (None: were deleted), and all others as on disk."""
        self._staged = dict(texts)
        self._overlay = staged_files(texts)

    def refresh(
        self, *, on_progress: Callable[[Progress], None] = lambda _: None, cancel: Event | None = None
    ) -> Refreshed:
        """Read what has changed on disk. Raises Cancelled where it is stopped; the next call goes on from there."""
        with self._opened() as store:
            return refresh(store, self.root, on_progress=on_progress, cancel=cancel)

    def rank(self, words: str, *, limit: int = 24) -> list[Ranked]:
        """The files that a task is about, best first, with reasons."""
        with self.view() as view:
            return rank(view, read_question(words), limit=limit)

    def survey(self, words: str, *, named: Sequence[str] = ()) -> tuple[FoundFile, ...]:
        """The same files with how they hang together, what defines the names in the words, and the tests of these."""
        with self.view() as view:
            return survey(view, read_question(words), named=named)

    def around(self, path: str, words: str, *, budget: int, count: Callable[[str], int]) -> Fitted:
        """Signatures of what a file needs of others, in at most `budget` tokens as `count` counts them."""
        with self.view() as view:
            return fit(around(view, path, read_question(words), self.text(path)), budget=budget, count=count)

    def query(self, words: str, budget: int, *, count: Callable[[str], int], limit: int = 24) -> Fitted:
        """The same as a map of paths, reasons and signatures that fits `budget` tokens as `count` counts them."""
        return fit(self.rank(words, limit=limit), budget=budget, count=count)

    def definitions(self, name: str) -> list[tuple[str, Symbol]]:
        """Where `name` or `Owner.name` is defined, with the path; sorted."""
        owner, _, last = name.rpartition(".")
        with self.view() as view:
            found = [
                (file, one)
                for file, one in view.symbols_named([last])
                if one.kind != "impl"
                and (not owner or one.owner.rpartition(".")[2] == owner.rpartition(".")[2])
            ]
            rows = {row.id: row.path for row in view.files([file for file, _ in found])}
        return sorted(
            ((rows[file], one) for file, one in found if file in rows), key=lambda one: (one[0], one[1].line)
        )

    def similar(self, name: str, *, limit: int = 10) -> list[tuple[str, Symbol]]:
        """What is defined under a name of the same words, for a name that nothing has."""
        ranked = self.rank(name, limit=limit)
        return [(one.file.path, one.symbols[at]) for one in ranked for at in sorted(one.matched)][:limit]

    def references(self, name: str) -> list[Place]:
        """Every line where the identifier stands, by path and line: read now, so never out of date."""
        last = name.rpartition(".")[2]
        with self.view() as view:
            users = view.files_using(last, limit=_MOST_USERS)
            rows = {row.id: row.path for row in view.files(users)}
            lines = {(rows[file], one.line) for file, one in view.symbols_named([last]) if file in rows}
        places = [place for path in sorted(rows.values()) for place in self._places(path, last, lines)]
        return places[:_MOST_PLACES]

    def impact(self, names: Sequence[str]) -> list[Impact]:
        """The files that changing these names touches, with what in them: definitions first, tests last."""
        with self.view() as view:
            return impact_of(view, names, text=self.text)

    def statistics(self) -> Statistics:
        """What the index holds."""
        with self._opened() as store:
            return Statistics(
                path=self._path,
                bytes=sum(file.stat().st_size for file in self._path.parent.glob("index.sqlite*")),
                refreshed=int(store.fact("refreshed") or 0),
                languages=tuple(
                    LanguageCount(name=name, files=files, lines=lines, symbols=symbols)
                    for name, files, lines, symbols in store.counts()
                ),
                notes=tuple(store.notes()),
            )

    def text(self, path: str) -> str:
        """A file's text as the overlay has it, else as it is on disk; empty for what cannot be read."""
        if path in self._staged:
            return self._staged[path] or ""
        try:
            return read_text_file(self.root / path, name=path).text
        except WorkspaceError:
            return ""

    def _places(self, path: str, name: str, definitions: set[tuple[str, int]]) -> Iterator[Place]:
        pattern = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)(\s*\()?")
        for number, line in enumerate(self.text(path).split("\n"), 1):
            found = pattern.search(line)
            if found is None:
                continue
            kind: Literal["definition", "import", "call", "use"] = "call" if found[1] else "use"
            if (path, number) in definitions:
                kind = "definition"
            elif re.match(r"\s*(?:from\b|import\b|use\b|export\b.*\bfrom\b)", line):
                kind = "import"
            yield Place(path=path, line=number, kind=kind, text=line.strip()[:200])

    @contextmanager
    def _opened(self) -> Iterator[Store]:
        store = Store(self._path)
        try:
            yield store
        except sqlite3.Error as error:
            raise WorkspaceError(
                "The index cannot be read.",
                why=f"{self._path}: {error}.",
                hint="Delete that file; it is made again at the next use.",
            ) from error
        finally:
            store.close()

    @contextmanager
    def view(self) -> Iterator[View]:
        """The index with its overlay, open for several questions."""
        with self._opened() as store:
            yield View(store, self._overlay)
