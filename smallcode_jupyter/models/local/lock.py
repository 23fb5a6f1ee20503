"""Files that only one process may hold, and files that are replaced as a whole."""

from __future__ import annotations

import contextlib
import json
import os
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from time import monotonic

from smallcode_jupyter.models.json_http import as_object
from smallcode_jupyter.protocol.errors import Cancelled
from smallcode_jupyter.protocol.tools import Json

__all__ = ["exclusive", "read_object", "replace_object", "sync_folder"]

_POLL_SECONDS = 0.1


@contextlib.contextmanager
def exclusive(
    file: Path, *, on_wait: Callable[[float], None] | None = None, cancel: threading.Event | None = None
) -> Iterator[None]:
    """Hold the lock of this file; the system frees it if the process dies. Waits for whoever holds it.

    `on_wait` is told the seconds waited. Raises Cancelled when `cancel` is set meanwhile, OSError if the file
    cannot be made. The file stays, empty.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    started = monotonic()
    handle = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        while not _try_lock(handle):
            if on_wait is not None:
                on_wait(monotonic() - started)
            if (cancel or threading.Event()).wait(_POLL_SECONDS):
                raise Cancelled("Waiting for another process was stopped.")
        yield
    finally:
        os.close(handle)


if sys.platform == "win32":
    import msvcrt

    def _try_lock(handle: int) -> bool:
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _try_lock(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


def read_object(file: Path) -> dict[str, Json]:
    """The JSON object in a file; empty if there is no such file or it holds something else."""
    try:
        return as_object(json.loads(file.read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return {}


def replace_object(file: Path, value: Mapping[str, Json]) -> None:
    """Write a JSON object so that a reader, or a crash, sees the old or the new one. Only the user may read it."""
    part = file.with_name(f"{file.name}.{os.getpid()}.part")
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as stream:
        json.dump(dict(value), stream)
        stream.flush()
        os.fsync(stream.fileno())
    os.replace(part, file)


def sync_folder(folder: Path) -> None:
    """Make a rename in this folder survive a power cut, where the system can."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
