"""Bringing the store up to date with the files: only what changed is read, a batch at a time."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Event

from smallcode_jupyter.index.facts import FileFacts
from smallcode_jupyter.index.languages import extract
from smallcode_jupyter.index.store import Bag, Stamp, Store, bag_of
from smallcode_jupyter.protocol.errors import Cancelled, WorkspaceError
from smallcode_jupyter.workspace.scan import Entry, SkipReason, Walk
from smallcode_jupyter.workspace.text import read_text_file

__all__ = ["Progress", "Refreshed", "refresh"]

_BATCH = 200
"""Files in one transaction."""
_MOST_FILES = 1_000_000
_NEW_SHARE = 20
"""A twentieth of the files: from then on common words are counted anew."""
_SETTLED_NS = 100_000_000
"""A file that was written so shortly before it was read may change again without getting another time."""
_SKIPPED: frozenset[SkipReason] = frozenset({"large", "binary", "unreadable", "special"})
"""Reasons that are counted; what is ignored, or no source of this workspace, is not worth telling."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a refresh is."""

    done: int
    total: int
    """Files to be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refreshed:
    """What a refresh found."""

    files: int
    """In the index now."""
    read: int
    """New or with another content than before."""
    gone: int
    skipped: tuple[tuple[SkipReason, int], ...]
    """How many files are not in the index, by the reason."""
    is_complete: bool
    """False where the workspace has more files than are looked at."""
    seconds: float


@dataclass(frozen=True, slots=True)
class _Found:
    path: str
    stamp: Stamp


def refresh(
    store: Store,
    root: Path,
    *,
    on_progress: Callable[[Progress], None] = lambda _: None,
    cancel: Event | None = None,
) -> Refreshed:
    """Read what is new or changed under `root`, forget what is gone. May raise sqlite3.Error.

    Raises Cancelled where the flag is set on the way: what was read until then is kept, the next call goes on.
    """
    began = time.perf_counter()
    cancel = cancel or Event()
    walk = Walk(root, budget=_MOST_FILES, exclude=store.path.parent)
    known = store.stamps()
    skipped: Counter[SkipReason] = Counter()
    todo: list[_Found] = []
    met: set[str] = set()
    for entry in walk.files():
        if cancel.is_set():
            raise _stopped()
        if entry.reason is not None:
            skipped[entry.reason] += 1
            continue
        stamp = _stamp(entry)
        met.add(entry.path)
        if known.get(entry.path) != stamp:
            todo.append(_Found(entry.path, stamp))
    gone = [] if walk.is_cut else [path for path in known if path not in met]
    read = _read_all(store, root, todo, on_progress, cancel)
    with store.writing():
        store.drop(gone)
        store.set_fact("refreshed", str(int(time.time())))
        files = store.set_totals(is_new=_NEW_SHARE * (read + len(gone)) > len(known))
    counted = tuple((reason, count) for reason, count in sorted(skipped.items()) if reason in _SKIPPED)
    return Refreshed(
        files=files,
        read=read,
        gone=len(gone),
        skipped=counted,
        is_complete=not walk.is_cut,
        seconds=time.perf_counter() - began,
    )


def _stamp(entry: Entry) -> Stamp:
    status = entry.status
    return Stamp(status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)


def _read_all(
    store: Store, root: Path, todo: Sequence[_Found], on_progress: Callable[[Progress], None], cancel: Event
) -> int:
    """How many files had a new content."""
    read = 0
    for start in range(0, len(todo), _BATCH):
        if cancel.is_set():
            raise _stopped()
        on_progress(Progress(done=start, total=len(todo)))
        read += _read_batch(store, root, todo[start : start + _BATCH])
    if todo:
        on_progress(Progress(done=len(todo), total=len(todo)))
    return read


def _stopped() -> Cancelled:
    return Cancelled("Indexing was stopped.", hint="The next time goes on from here.")


@dataclass(frozen=True, slots=True)
class _Read:
    path: str
    stamp: Stamp
    digest: bytes
    facts: FileFacts
    bag: Bag


def _read_batch(store: Store, root: Path, batch: Sequence[_Found]) -> int:
    """Files are read and parsed before the transaction begins, so that others wait only for the writing."""
    read: list[_Read] = []
    touched: list[tuple[str, Stamp]] = []
    for one in batch:
        known = store.known(one.path)
        if known is not None and known[0] == one.stamp:
            continue  # another process was faster
        now = time.time_ns()
        is_settled = now - max(one.stamp.mtime, one.stamp.ctime) > _SETTLED_NS
        stamp = one.stamp if is_settled else Stamp(one.stamp.size, 0, 0, 0)
        try:
            file = read_text_file(root / one.path, name=one.path)
        except WorkspaceError:
            read.append(_Read(one.path, stamp, b"", FileFacts(language="text", note="is no text"), _NO_WORDS))
            continue
        digest = bytes.fromhex(file.hash)
        if known is not None and known[1] == digest:
            touched.append((one.path, stamp))
            continue
        facts = extract(one.path, file.text)
        read.append(_Read(one.path, stamp, digest, facts, bag_of(one.path, file.text, facts)))
    with store.writing():
        for path, stamp in touched:
            store.touch(path, stamp)
        for item in read:
            store.put(item.path, item.facts, item.bag, stamp=item.stamp, digest=item.digest)
    return len(read)


_NO_WORDS = Bag(path="", names="", docs="", body="", identifiers="")
