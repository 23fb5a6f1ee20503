"""What the index keeps of each file, in SQLite: written a batch at a time, read by key."""

from __future__ import annotations

import contextlib
import os
import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple, cast

from smallcode_jupyter.index.facts import FileFacts, Import, Symbol, SymbolKind, is_test_path, module_of
from smallcode_jupyter.index.languages import words_source
from smallcode_jupyter.index.schema import connect
from smallcode_jupyter.index.words import IDENTIFIER, KEYWORDS, words_of

__all__ = ["COLUMNS", "Bag", "FileRow", "Stamp", "Store", "bag_of", "tail_of"]

COLUMNS = ("path", "names", "docs", "body")
"""Of words, in the order in which they are worth less."""
_MOST_WORDS = 4_000
"""Different identifiers of one file that are kept."""
_PROSE = re.compile(r"[^\W\d_]{2,}")
_FILE = "id, path, language, module, lines, words, is_test, note"
_CHANGED = (
    "language", "module", "tail", "hash", "size", "mtime", "ctime", "inode", "lines", "words", "is_test", "note",
)  # fmt: skip
_SYMBOL = "name, owner, kind, line, end, signature, doc, calls, bases"
_COMMON = 500
"""Files in which a word stands, from which on they are counted once: it takes as long as reading them all."""
_AT_ONCE = 400
"""Values in one question."""
_PARTS_AT_ONCE = 100


class Stamp(NamedTuple):
    """By which a file on disk is known to be the one that was read."""

    size: int
    mtime: int
    ctime: int
    inode: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRow:
    """One file of the index."""

    id: int
    """Negative for one that is only staged."""
    path: str
    language: str
    module: str
    lines: int
    words: int
    is_test: bool
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bag:
    """The words of a file: what text search sees of it. Each column's words are joined by blanks."""

    path: str
    names: str
    docs: str
    body: str
    identifiers: str

    @property
    def size(self) -> int:
        """Words in all columns."""
        return sum(text.count(" ") + bool(text) for text in (self.path, self.names, self.docs, self.body))


def bag_of(path: str, text: str, facts: FileFacts) -> Bag:
    """The words of a file."""
    found = dict.fromkeys(IDENTIFIER.findall(words_source(path, text)))
    identifiers = [name for name in found if name not in KEYWORDS][:_MOST_WORDS]
    body = dict.fromkeys(word for name in identifiers for word in words_of(name))
    names = [word for symbol in facts.symbols for word in words_of(symbol.name)]
    docs = [
        word for symbol in facts.symbols for part in _PROSE.findall(symbol.doc) for word in words_of(part)
    ]
    parts = [word for part in _PROSE.findall(os.path.splitext(path)[0]) for word in words_of(part)]
    return Bag(
        path=" ".join(parts),
        names=" ".join(names[:_MOST_WORDS]),
        docs=" ".join(docs[:_MOST_WORDS]),
        body=" ".join(body),
        identifiers=" ".join(identifiers),
    )


def tail_of(module: str) -> str:
    """The last part of a module's path."""
    return module.rpartition("/")[2]


class Store:
    """One connection. Every method may raise sqlite3.Error; `close` gives it back."""

    def __init__(self, path: Path) -> None:
        """Raises WorkspaceError where no store can be kept at the path."""
        self.path = path
        self._base = connect(path)

    def close(self) -> None:
        """Give the connection back."""
        self._base.close()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One transaction: other processes see all of it or nothing, and wait with writing until it has ended."""
        self._base.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            with contextlib.suppress(sqlite3.Error):
                self._base.execute("ROLLBACK")
            raise
        self._base.execute("COMMIT")

    # --- writing ---------------------------------------------------------------------------------------------------

    def put(self, path: str, facts: FileFacts, bag: Bag, *, stamp: Stamp, digest: bytes) -> None:
        """Keep what is known of a file in place of what was."""
        module = module_of(path)
        values = (
            facts.language, module, tail_of(module), digest, stamp.size, stamp.mtime, stamp.ctime, stamp.inode,
            facts.lines, bag.size, is_test_path(path), facts.note,
        )  # fmt: skip
        found = self._base.execute("SELECT id FROM file WHERE path = ?", (path,)).fetchone()
        if found is None:
            marks = ", ".join("?" * (len(values) + 1))
            inserted = self._base.execute(f"INSERT INTO file VALUES (NULL, {marks})", (path, *values))
            file = cast(int, inserted.lastrowid)
        else:
            file = int(found[0])
            self._forget(file)
            given = ", ".join(f"{name} = ?" for name in _CHANGED)
            self._base.execute(f"UPDATE file SET {given} WHERE id = ?", (*values, file))
        self._put_facts(file, facts)
        self._base.execute(
            "INSERT INTO text (rowid, path, names, docs, body, identifiers) VALUES (?, ?, ?, ?, ?, ?)",
            (file, bag.path, bag.names, bag.docs, bag.body, bag.identifiers),
        )

    def _put_facts(self, file: int, facts: FileFacts) -> None:
        self._base.executemany(
            "INSERT INTO symbol VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (
                    file, one.name, one.owner, one.kind, one.line, one.end, one.signature, one.doc,
                    " ".join(one.calls), " ".join(one.bases),
                )
                for one in facts.symbols
            ],
        )  # fmt: skip
        self._base.executemany(
            "INSERT INTO import VALUES (?, ?, ?, ?, ?)",
            [(file, one.target, one.is_exact, " ".join(one.names), one.line) for one in facts.imports],
        )

    def touch(self, path: str, stamp: Stamp) -> None:
        """Note that a file has a new stamp and its old content."""
        self._base.execute(
            "UPDATE file SET size = ?, mtime = ?, ctime = ?, inode = ? WHERE path = ?",
            (stamp.size, stamp.mtime, stamp.ctime, stamp.inode, path),
        )

    def drop(self, paths: Iterable[str]) -> None:
        """Forget files that are gone."""
        for path in paths:
            for (file,) in self._base.execute("SELECT id FROM file WHERE path = ?", (path,)).fetchall():
                self._forget(file)
                self._base.execute("DELETE FROM file WHERE id = ?", (file,))

    def _forget(self, file: int) -> None:
        self._base.execute("DELETE FROM symbol WHERE file = ?", (file,))
        self._base.execute("DELETE FROM import WHERE file = ?", (file,))
        self._base.execute("DELETE FROM text WHERE rowid = ?", (file,))

    def set_fact(self, name: str, value: str) -> None:
        """Note something about the whole index."""
        self._base.execute("INSERT OR REPLACE INTO fact VALUES (?, ?)", (name, value))

    # --- reading ---------------------------------------------------------------------------------------------------

    def fact(self, name: str) -> str:
        """What was noted; empty where nothing was."""
        found = self._base.execute("SELECT value FROM fact WHERE name = ?", (name,)).fetchone()
        return str(found[0]) if found else ""

    def stamps(self) -> dict[str, Stamp]:
        """Of every file, by its path."""
        rows = self._base.execute("SELECT path, size, mtime, ctime, inode FROM file")
        return {row[0]: Stamp._make(row[1:]) for row in rows}

    def known(self, path: str) -> tuple[Stamp, bytes] | None:
        """A file's stamp and hash; None where it is not in the index."""
        row = self._base.execute(
            "SELECT size, mtime, ctime, inode, hash FROM file WHERE path = ?", (path,)
        ).fetchone()
        return (Stamp(*row[:4]), bytes(row[4])) if row else None

    def totals(self) -> tuple[int, float]:
        """How many files there were at the last refresh, and how many words one had on average."""
        count, _, words = (self.fact("totals") or "0 1.0").partition(" ")
        return int(count), float(words)

    def set_totals(self, *, is_new: bool) -> int:
        """Count the files; where much `is_new`, also in how many files the common words stand. The number of files."""
        count, words = self._base.execute("SELECT count(*), avg(words) FROM file").fetchone()
        self.set_fact("totals", f"{count} {words or 1.0}")
        if is_new:
            self._base.execute("DELETE FROM common")
            self._base.execute("INSERT INTO common SELECT term, doc FROM term WHERE doc > ?", (_COMMON,))
        return int(count)

    def counts(self) -> list[tuple[str, int, int, int]]:
        """Of each language: files, lines, symbols; most files first."""
        rows = self._base.execute(
            "SELECT language, count(*), sum(lines), sum((SELECT count(*) FROM symbol WHERE file = file.id)) FROM file "
            "GROUP BY language ORDER BY 2 DESC, 1"
        )
        return [(str(name), int(files), int(lines), int(symbols)) for name, files, lines, symbols in rows]

    def notes(self) -> list[tuple[str, str]]:
        """Files of which less is known than could be, with the reason."""
        return self._base.execute("SELECT path, note FROM file WHERE note != '' ORDER BY path").fetchall()

    def files(self, ids: Sequence[int]) -> list[FileRow]:
        """The files with these ids, in no particular order."""
        return list(self._files("id", ids))

    def files_at(self, paths: Sequence[str]) -> list[FileRow]:
        """The files with these paths."""
        return list(self._files("path", paths))

    def files_ending(self, tails: Sequence[str]) -> list[FileRow]:
        """The files whose modules end with one of these names."""
        return list(self._files("tail", tails))

    def files_of_module(self, modules: Sequence[str]) -> list[FileRow]:
        """The files that are imported by exactly one of these names."""
        return list(self._files("module", modules))

    def files_below(self, folder: str, *, limit: int) -> list[FileRow]:
        """Files in a folder (ending with `/`) or below."""
        rows = self._base.execute(
            f"SELECT {_FILE} FROM file WHERE path >= ? AND path < ? LIMIT ?",
            (folder, folder[:-1] + "0", limit),
        )
        return [_file(row) for row in rows]

    def folders_among(self, names: Sequence[str]) -> list[str]:
        """Those of the names that are folders with files in them."""
        found: list[str] = []
        one = "SELECT ? WHERE EXISTS (SELECT 1 FROM file WHERE path >= ? AND path < ?)"
        for start in range(0, len(names), _PARTS_AT_ONCE):
            some = names[start : start + _PARTS_AT_ONCE]
            given = [value for name in some for value in (name, f"{name}/", f"{name}0")]
            found += [name for (name,) in self._base.execute(" UNION ALL ".join([one] * len(some)), given)]
        return found

    def symbols_named(self, names: Sequence[str], *, limit: int = 500) -> list[tuple[int, Symbol]]:
        """What is defined under one of these names, with the file."""
        return list(self._symbols("name", names, limit))

    def symbols_in(self, files: Sequence[int]) -> list[tuple[int, Symbol]]:
        """What these files define, in the order of the text."""
        return list(self._symbols("file", files, 20_000))

    def imports_of(self, files: Sequence[int]) -> list[tuple[int, Import]]:
        """What these files import."""
        return list(self._imports("file", files))

    def imports_from(self, targets: Sequence[str]) -> list[tuple[int, Import]]:
        """Who imports one of these, as it is written."""
        return list(self._imports("target", targets))

    def document_counts(self, words: Sequence[str]) -> dict[str, int]:
        """In how many files each of these words stands, for those that stand in any."""
        found: dict[str, int] = dict(self._chosen("word, files", "common", "word", words))
        return found | dict(
            self._chosen("term, doc", "term", "term", [one for one in words if one not in found])
        )

    def postings(self, word: str, *, limit: int) -> list[tuple[int, str]]:
        """File and column of each place where a word stands, but for the column of identifiers."""
        return self._base.execute(
            "SELECT doc, col FROM posting WHERE term = ? AND col != 'identifiers' LIMIT ?", (word, limit)
        ).fetchall()

    def lengths(self, ids: Sequence[int]) -> dict[int, int]:
        """How many words files have, by their ids."""
        return dict(self._chosen("id, words", "file", "id", ids))

    def symbols_using(self, name: str, files: Sequence[int]) -> list[tuple[int, Symbol]]:
        """What in these files calls or extends something of this name."""
        found: list[tuple[int, Symbol]] = []
        word = f" {name} "
        for start in range(0, len(files), _AT_ONCE):
            some = files[start : start + _AT_ONCE]
            marks = ", ".join("?" * len(some))
            rows = self._base.execute(
                f"SELECT file, {_SYMBOL} FROM symbol WHERE file IN ({marks}) "
                "AND (instr(' ' || calls || ' ', ?) OR instr(' ' || bases || ' ', ?)) ORDER BY rowid",
                (*some, word, word),
            )
            found += [(int(row[0]), _symbol(row[1:])) for row in rows]
        return found

    def files_using(self, identifier: str, *, limit: int) -> list[int]:
        """Files in which an identifier stands, in any case of its letters."""
        rows = self._base.execute(
            "SELECT DISTINCT doc FROM posting WHERE term = ? AND col = 'identifiers' LIMIT ?",
            (identifier.lower(), limit),
        )
        return [int(file) for (file,) in rows]

    def _files(self, key: str, values: Sequence[object]) -> Iterator[FileRow]:
        for row in self._chosen(_FILE, "file", key, values):
            yield _file(row)

    def _symbols(self, key: str, values: Sequence[object], limit: int) -> Iterator[tuple[int, Symbol]]:
        for row in self._chosen(f"file, {_SYMBOL}", "symbol", key, values, f" ORDER BY rowid LIMIT {limit}"):
            yield int(row[0]), _symbol(row[1:])

    def _imports(self, key: str, values: Sequence[object]) -> Iterator[tuple[int, Import]]:
        for row in self._chosen("file, target, is_exact, names, line", "import", key, values):
            names = tuple(row[3].split())
            yield int(row[0]), Import(target=row[1], is_exact=bool(row[2]), names=names, line=int(row[4]))

    def _chosen(
        self, what: str, table: str, key: str, values: Sequence[object], more: str = ""
    ) -> Iterator[tuple[Any, ...]]:
        for start in range(0, len(values), _AT_ONCE):
            some = values[start : start + _AT_ONCE]
            marks = ", ".join("?" * len(some))
            yield from self._base.execute(f"SELECT {what} FROM {table} WHERE {key} IN ({marks}){more}", some)


def _file(row: Sequence[Any]) -> FileRow:
    file, path, language, module, lines, words, is_test, note = row
    return FileRow(
        id=file,
        path=path,
        language=language,
        module=module,
        lines=lines,
        words=words,
        is_test=bool(is_test),
        note=note,
    )


def _symbol(row: Sequence[Any]) -> Symbol:
    name, owner, kind, line, end, signature, doc, calls, bases = row
    return Symbol(
        name=name,
        owner=owner,
        kind=cast(SymbolKind, kind),
        line=line,
        end=end,
        signature=signature,
        doc=doc,
        calls=tuple(calls.split()),
        bases=tuple(bases.split()),
    )
