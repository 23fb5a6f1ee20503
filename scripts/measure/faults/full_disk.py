"""A disk that is really full: a file system of its own in memory, in a mount namespace of its own.

`limits.disk_really_full` starts this as `unshare -Urm python full_disk.py FOLDER PAGES`; it prints JSON. With 0, 1, ...
PAGES free pages each deed is tried: an accept, the accept of a part, an undo, a reject of a part, a run.
"""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from ground import GOOD, STUB, WORDS, Ground, ground

from smallcode_jupyter.protocol.errors import SmallCodeError
from smallcode_jupyter.protocol.events import Envelope
from smallcode_jupyter.session.session import Session
from smallcode_jupyter.workspace.selection import Choice

_PAGE = 4096
_SIZE = "8m"
_FILES = {"tools.py": STUB, "a.py": "old\n", "b.py": "old\n"}
_NEW: dict[str, str | None] = {"a.py": "1\n" * 2_000, "b.py": "2\n" * 4_000, "c/d.py": "3\n"}


def main() -> int:
    """Try everything and print what was tried, and what did not survive."""
    folder, pages = Path(sys.argv[1]), int(sys.argv[2])
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={_SIZE}", "full", str(folder)], check=True)
    tempfile.tempdir = str(folder)
    failures, told = [], set()
    for deed in _DEEDS:
        for free in range(pages):
            with ground(_FILES) as place:
                failures += [
                    f"{deed.__name__[1:]}, {free} pages: {what}" for what in deed(place, folder, free, told)
                ]
    print(json.dumps({"tried": len(_DEEDS) * pages, "failures": failures, "told": sorted(told)}))
    return 0


def _accept(place: Ground, disk: Path, free: int, told: set[str]) -> Iterator[str]:
    session = _proposing(place)
    yield from _all_or_nothing(place, disk, free, told, session, session.accept)


def _accept_part(place: Ground, disk: Path, free: int, told: set[str]) -> Iterator[str]:
    session = _proposing(place)
    choice = Choice(verdict="accept", path="a.py")
    yield from _all_or_nothing(place, disk, free, told, session, lambda: session.accept(choice))


def _undo(place: Ground, disk: Path, free: int, told: set[str]) -> Iterator[str]:
    session = _proposing(place)
    session.accept()
    yield from _all_or_nothing(place, disk, free, told, session, session.undo)


def _reject_part(place: Ground, disk: Path, free: int, told: set[str]) -> Iterator[str]:
    session = _proposing(place)
    choice = Choice(verdict="reject", path="a.py")
    yield from _all_or_nothing(place, disk, free, told, session, lambda: session.reject(choice))


def _run(place: Ground, disk: Path, free: int, told: set[str]) -> Iterator[str]:
    """A run ends with its last event, or an error that says why; no file changes; what is kept is what is proposed."""
    session, old = place.session(GOOD, GOOD), place.snapshot()
    events: list[Envelope] = []
    with _filled(disk, free):
        try:
            ended = session.run(WORDS, surface="files", on_event=events.append)
        except SmallCodeError as error:
            told.add(str(error))
            return
        except OSError as error:
            yield f"an error without words: {error}"
            return
        notices = [one.event for one in events if one.event.type == "notice"]
        told.update(str(notice.problem) for notice in notices)  # type: ignore[union-attr]
        if ended.finished.problem is not None:
            told.add(str(ended.finished.problem))
            if "agent itself failed" in ended.finished.problem.what:
                yield f"an error without words: {ended.finished.problem}"
        if place.snapshot() != old:
            yield "files changed"
        kept = place.session().pending
        is_told = any(notice.problem.code == "not_kept" for notice in notices)  # type: ignore[union-attr]
        if (kept != session.pending) is not is_told:
            yield f"{'kept' if kept else 'not kept'}, {'said' if is_told else 'not said'} otherwise"


_DEEDS: tuple[Callable[[Ground, Path, int, set[str]], Iterator[str]], ...] = (
    _accept,
    _accept_part,
    _undo,
    _reject_part,
    _run,
)


def _proposing(place: Ground) -> Session:
    session = place.session()
    session._set_pending(place.proposal(_NEW))
    return session


def _all_or_nothing(
    place: Ground, disk: Path, free: int, told: set[str], session: Session, act: Callable[[], object]
) -> Iterator[str]:
    """Where the deed is refused all is as it was, and it works once there is space."""
    old, pending = place.snapshot(), session.pending
    with _filled(disk, free):
        try:
            act()
        except SmallCodeError as error:
            told.add(str(error))
        except OSError as error:
            yield f"an error without words: {error}"
        else:
            return
        if place.snapshot() != old:
            yield "files differ though it was refused"
        if session.pending != pending or place.session().pending != pending:
            yield "the proposal differs though it was refused"
    try:
        act()
    except SmallCodeError as error:
        yield f"refused though there is space again: {error}"


class _filled:
    """So many pages are free within, and all space afterwards."""

    def __init__(self, disk: Path, free: int) -> None:
        self._file = disk / "ballast"
        self._free = free

    def __enter__(self) -> None:
        written = 0
        with self._file.open("wb", buffering=0) as file:
            try:
                while True:
                    written += file.write(b"\0" * _PAGE)
            except OSError as error:
                if error.errno != errno.ENOSPC:
                    raise
        os.truncate(self._file, max(0, written - self._free * _PAGE))

    def __exit__(self, *_: object) -> None:
        self._file.unlink()


if __name__ == "__main__":
    sys.exit(main())
