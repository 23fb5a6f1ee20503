"""Temporary folders that do not stay behind, not even where the process that made them was killed."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from smallcode_jupyter.protocol.errors import SandboxError

__all__ = ["ScratchFolder", "scratch_folder"]

_PREFIX = "smallcode-scratch-"


class ScratchFolder:
    """A temporary folder of this process. A lock says that it is in use, for as long as the process lives.

    The first one that a process makes also removes those whose owners were killed.
    """

    def __init__(self) -> None:
        """Raises SandboxError where none can be made."""
        _sweep(tempfile.gettempdir())
        while True:
            try:
                self.path = Path(tempfile.mkdtemp(prefix=_PREFIX))
                self._lock = os.open(self.path, os.O_RDONLY | os.O_CLOEXEC) if os.name == "posix" else -1
            except OSError as error:
                raise SandboxError(
                    "No temporary folder could be made.",
                    why=f"The system says: {error.strerror or error}.",
                    hint="Free some space, or name another place in the environment variable TMPDIR.",
                ) from error
            if self._lock < 0 or (_is_locked(self._lock) and self.path.is_dir()):
                return
            os.close(self._lock)  # another process took it for one that was left

    def close(self) -> None:
        """Remove it. Safe to call again."""
        shutil.rmtree(self.path, ignore_errors=True)
        if self._lock >= 0:
            os.close(self._lock)
            self._lock = -1


@contextmanager
def scratch_folder() -> Iterator[Path]:
    """A temporary folder for the time within."""
    folder = ScratchFolder()
    try:
        yield folder.path
    finally:
        folder.close()


def _is_locked(folder: int) -> bool:
    """Whether this process got the lock of an open folder."""
    import fcntl

    try:
        fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


@cache
def _sweep(place: str) -> None:
    """Remove the folders whose lock is free. What cannot be looked at belongs to somebody else."""
    if os.name != "posix":
        return
    for name in os.listdir(place):
        path = os.path.join(place, name)
        if not name.startswith(_PREFIX):
            continue
        try:
            folder = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
        except OSError:
            continue
        try:
            if os.fstat(folder).st_uid == os.geteuid() and _is_locked(folder):
                shutil.rmtree(path, ignore_errors=True)
        finally:
            os.close(folder)
