"""The index as one run sees it: what is stored, with the files that the run has staged in place of their old ones."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from smallcode_jupyter.index.facts import FileFacts, Import, Symbol, is_test_path, module_of
from smallcode_jupyter.index.languages import extract
from smallcode_jupyter.index.store import COLUMNS, Bag, FileRow, Store, bag_of, tail_of

__all__ = ["Package", "Staged", "View", "staged_files"]

_MANIFESTS = ("go.mod", "package.json", "Cargo.toml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Staged:
    """A file as the run has changed it."""

    row: FileRow
    facts: FileFacts
    bag: Bag


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """A folder that others import under a name of its own."""

    name: str
    folder: str
    """Empty for the root, else without `/` at its end."""
    manifest: str


def staged_files(texts: Mapping[str, str | None]) -> dict[str, Staged | None]:
    """What is known of staged texts (None: deleted), by path."""
    found: dict[str, Staged | None] = {}
    for number, (path, text) in enumerate(sorted(texts.items()), 1):
        if text is None:
            found[path] = None
            continue
        facts = extract(path, text)
        bag = bag_of(path, text, facts)
        row = FileRow(
            id=-number,
            path=path,
            language=facts.language,
            module=module_of(path),
            lines=facts.lines,
            words=bag.size,
            is_test=is_test_path(path),
            note=facts.note,
        )
        found[path] = Staged(row=row, facts=facts, bag=bag)
    return found


def _is_below(folder: str) -> Callable[[FileRow], bool]:
    return lambda row: row.path.startswith(f"{folder}/")


class View:
    """Answers from the store and the staged files together. Methods may raise sqlite3.Error."""

    def __init__(self, store: Store, staged: Mapping[str, Staged | None]) -> None:
        self._store = store
        self._staged = {one.row.id: one for one in staged.values() if one is not None}
        self._hidden = {row.id for row in store.files_at(list(staged))} if staged else set()
        self.count, self.mean_words = store.totals()
        """Files, and words that one has on average."""

    def files(self, ids: Sequence[int]) -> list[FileRow]:
        """The files with these ids."""
        wanted = [one for one in ids if one >= 0]
        return self._shown(self._store.files(wanted)) + [
            self._staged[one].row for one in ids if one in self._staged
        ]

    def files_at(self, paths: Sequence[str]) -> list[FileRow]:
        """The files with these paths."""
        wanted = set(paths)
        return self._shown(self._store.files_at(paths)) + self._own(lambda row: row.path in wanted)

    def files_ending(self, tails: Sequence[str]) -> list[FileRow]:
        """The files whose modules end with one of these names."""
        wanted = set(tails)
        return self._shown(self._store.files_ending(tails)) + self._own(
            lambda row: tail_of(row.module) in wanted
        )

    def files_of_module(self, modules: Sequence[str]) -> list[FileRow]:
        """The files that are imported by exactly one of these names."""
        wanted = set(modules)
        return self._shown(self._store.files_of_module(modules)) + self._own(lambda row: row.module in wanted)

    def files_below(self, folder: str, *, limit: int) -> list[FileRow]:
        """Files in a folder (ending with `/`) or below; at most about so many."""
        stored = self._shown(self._store.files_below(folder, limit=limit))
        return stored + self._own(lambda row: row.path.startswith(folder))

    def folders_among(self, names: Sequence[str]) -> list[str]:
        """Those of the names that are folders with files in them."""
        found = self._store.folders_among(names)
        return found + [name for name in names if name not in found and self._own(_is_below(name))]

    def symbols_named(self, names: Sequence[str]) -> list[tuple[int, Symbol]]:
        """What is defined under one of these names, with the file."""
        wanted = set(names)
        found = [(file, one) for file, one in self._store.symbols_named(names) if file not in self._hidden]
        return found + [
            (file, one)
            for file, staged in self._staged.items()
            for one in staged.facts.symbols
            if one.name in wanted
        ]

    def symbols_in(self, files: Sequence[int]) -> dict[int, list[Symbol]]:
        """What these files define, in the order of the text."""
        found: dict[int, list[Symbol]] = {file: [] for file in files}
        for file, one in self._store.symbols_in([file for file in files if file >= 0]):
            found[file].append(one)
        for file in files:
            if file in self._staged:
                found[file] = list(self._staged[file].facts.symbols)
        return found

    def imports_of(self, files: Sequence[int]) -> list[tuple[int, Import]]:
        """What these files import."""
        found = self._store.imports_of([file for file in files if file >= 0])
        return found + [
            (file, one) for file in files if file in self._staged for one in self._staged[file].facts.imports
        ]

    def imports_from(self, targets: Iterable[str]) -> list[tuple[int, Import]]:
        """Who imports one of these, as it is written."""
        wanted = sorted(set(targets))
        found = [(file, one) for file, one in self._store.imports_from(wanted) if file not in self._hidden]
        return found + [
            (file, one)
            for file, staged in self._staged.items()
            for one in staged.facts.imports
            if one.target in wanted
        ]

    def document_counts(self, words: Sequence[str]) -> dict[str, int]:
        """In how many stored files each of these words stands; a word of staged files alone counts as one."""
        found = self._store.document_counts(words)
        for staged in self._staged.values():
            own = {
                *staged.bag.body.split(),
                *staged.bag.names.split(),
                *staged.bag.docs.split(),
                *staged.bag.path.split(),
            }
            for word in own.intersection(words):
                found.setdefault(word, 1)
        return found

    def postings(self, word: str, *, limit: int) -> list[tuple[int, str]]:
        """File and column of each place where a word stands."""
        found = self._store.postings(word, limit=limit)
        if self._hidden:
            found = [one for one in found if one[0] not in self._hidden]
        for file, staged in self._staged.items():
            for column in COLUMNS:
                found += [(file, column)] * f" {getattr(staged.bag, column)} ".count(f" {word} ")
        return found

    def lengths(self, ids: Sequence[int]) -> dict[int, int]:
        """How many words files have, by their ids."""
        found = self._store.lengths([one for one in ids if one >= 0])
        return found | {one: self._staged[one].row.words for one in ids if one in self._staged}

    def symbols_using(self, name: str, files: Sequence[int]) -> list[tuple[int, Symbol]]:
        """What in these files calls or extends something of this name."""
        found = self._store.symbols_using(name, [file for file in files if file >= 0])
        return found + [
            (file, one)
            for file in files
            if file in self._staged
            for one in self._staged[file].facts.symbols
            if name in one.calls or name in one.bases
        ]

    def files_using(self, identifier: str, *, limit: int) -> list[int]:
        """Files in which an identifier stands."""
        found = [
            file for file in self._store.files_using(identifier, limit=limit) if file not in self._hidden
        ]
        lower = f" {identifier.lower()} "
        return found + [
            file for file, staged in self._staged.items() if lower in f" {staged.bag.identifiers.lower()} "
        ]

    @cached_property
    def packages(self) -> tuple[Package, ...]:
        """The packages of the workspace: Go modules, npm packages, crates."""
        rows = {row.id: row for row in self.files_ending(_MANIFESTS)}
        return tuple(
            Package(
                name=one.name,
                folder=rows[file].path.rpartition("/")[0],
                manifest=rows[file].path.rpartition("/")[2],
            )
            for file, symbols in self.symbols_in(list(rows)).items()
            for one in symbols
            if one.kind == "module"
        )

    def _shown(self, rows: list[FileRow]) -> list[FileRow]:
        return [row for row in rows if row.id not in self._hidden] if self._hidden else rows

    def _own(self, fits: Callable[[FileRow], bool]) -> list[FileRow]:
        return [one.row for one in self._staged.values() if fits(one.row)]
