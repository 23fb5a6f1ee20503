"""The tables of the index, and opening them."""

from __future__ import annotations

import contextlib
import sqlite3
import time
from pathlib import Path

from smallcode_jupyter.protocol.errors import WorkspaceError

__all__ = ["VERSION", "connect"]

VERSION = 2
"""Of the tables and of what extractors find: a store of another version is built anew."""
_WAIT_SECONDS = 30.0
"""For another process that is writing."""
_ATTEMPTS, _PAUSE_SECONDS = 50, 0.1
_TABLES = """
CREATE TABLE file (
    id INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE, language TEXT NOT NULL, module TEXT NOT NULL, tail TEXT NOT NULL,
    hash BLOB NOT NULL, size INTEGER NOT NULL, mtime INTEGER NOT NULL, ctime INTEGER NOT NULL, inode INTEGER NOT NULL,
    lines INTEGER NOT NULL, words INTEGER NOT NULL, is_test INTEGER NOT NULL, note TEXT NOT NULL
);
CREATE INDEX file_tail ON file (tail);
CREATE INDEX file_module ON file (module);
CREATE TABLE symbol (
    file INTEGER NOT NULL, name TEXT NOT NULL, owner TEXT NOT NULL, kind TEXT NOT NULL, line INTEGER NOT NULL,
    end INTEGER NOT NULL, signature TEXT NOT NULL, doc TEXT NOT NULL, calls TEXT NOT NULL, bases TEXT NOT NULL
);
CREATE INDEX symbol_name ON symbol (name);
CREATE INDEX symbol_file ON symbol (file);
CREATE TABLE import (
    file INTEGER NOT NULL, target TEXT NOT NULL, is_exact INTEGER NOT NULL, names TEXT NOT NULL, line INTEGER NOT NULL
);
CREATE INDEX import_target ON import (target);
CREATE INDEX import_file ON import (file);
CREATE TABLE common (word TEXT PRIMARY KEY, files INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE fact (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE VIRTUAL TABLE text USING fts5(
    path, names, docs, body, identifiers, tokenize="unicode61 remove_diacritics 0 tokenchars '_'"
);
CREATE VIRTUAL TABLE posting USING fts5vocab(text, 'instance');
CREATE VIRTUAL TABLE term USING fts5vocab(text, 'row');
"""


def connect(path: Path) -> sqlite3.Connection:
    """The store at this path, made where there is none; one that is broken or of another version is replaced.

    Several processes may have it open, and read while one writes. Raises WorkspaceError where it cannot be kept.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            return _opened(path)
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.OperationalError) and "malformed" not in str(error):
                raise
            _remove(path)
            return _opened(path)
    except (OSError, sqlite3.Error) as error:
        raise WorkspaceError(
            "The index cannot be kept.",
            why=f"{path}: {error}.",
            hint="Look at the folder's permissions and free space, or work without: smallcode run --without index.",
        ) from error


def _opened(path: Path) -> sqlite3.Connection:
    for attempt in range(_ATTEMPTS):
        try:
            return _opened_once(path)
        except sqlite3.OperationalError as error:
            # Going over to WAL does not wait for another process that does the same.
            if "locked" not in str(error) or attempt == _ATTEMPTS - 1:
                raise
            time.sleep(_PAUSE_SECONDS)
    raise AssertionError("unreachable")


def _opened_once(path: Path) -> sqlite3.Connection:
    store = sqlite3.connect(path, timeout=_WAIT_SECONDS, isolation_level=None, check_same_thread=False)
    try:
        store.execute("PRAGMA journal_mode = WAL")
        store.execute("PRAGMA synchronous = NORMAL")
        store.execute("PRAGMA cache_size = -32000")
        store.execute("PRAGMA temp_store = MEMORY")
        if _version(store) != VERSION:
            _make_tables(store)
    except BaseException:
        store.close()
        raise
    return store


def _version(store: sqlite3.Connection) -> int:
    return int(store.execute("PRAGMA user_version").fetchone()[0])


def _make_tables(store: sqlite3.Connection) -> None:
    """Begin with empty tables, unless another process did so while this one waited for its turn."""
    store.execute("BEGIN IMMEDIATE")
    try:
        if _version(store) != VERSION:
            for (name,) in store.execute(
                "SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL%'"
            ).fetchall():
                store.execute(f"DROP TABLE IF EXISTS {name}")
            for (name,) in store.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
                store.execute(f"DROP TABLE IF EXISTS {name}")
            for statement in _TABLES.split(";\n"):
                if statement.strip():
                    store.execute(statement)
            store.execute(f"PRAGMA user_version = {VERSION}")
        store.execute("COMMIT")
    except BaseException:
        with contextlib.suppress(sqlite3.Error):
            store.execute("ROLLBACK")
        raise


def _remove(path: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        Path(f"{path}{suffix}").unlink(missing_ok=True)
