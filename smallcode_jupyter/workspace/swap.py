"""Replacing files so that each is whole at every moment, and is on the disk before the next step."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from smallcode_jupyter.protocol.errors import OutsideWorkspace
from smallcode_jupyter.workspace.failures import write_failure
from smallcode_jupyter.workspace.paths import resolve_path

__all__ = [
    "UNKNOWN",
    "Step",
    "Target",
    "failing_as",
    "probe",
    "replace",
    "sync_folder",
    "write_durably",
    "write_temp",
]

Step = Callable[[str], None]
"""Called between every two actions on the disk, with the name of the next; what it raises counts as that action's."""

UNKNOWN = "unknown"
"""What `probe` says of a place that is no ordinary, readable file of the workspace."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A file that is to get new bytes, or to go."""

    name: str
    """Relative to the workspace."""
    path: Path
    temp: Path
    """Where the new bytes are written first: in the same folder."""
    content: bytes | None
    """None: the file is to go."""
    mode: int | None
    """Permission bits; None for those that new files get."""


@contextmanager
def failing_as(name: str) -> Iterator[None]:
    """Turn an OSError within into the WorkspaceError that says `name` could not be written."""
    try:
        yield
    except OSError as error:
        raise write_failure(error, name) from error


def probe(root: Path, name: str) -> str | None:
    """The hash of a workspace file as it is now; None where there is none; UNKNOWN where it is something else."""
    try:
        path = resolve_path(root, name)
    except OutsideWorkspace:
        return UNKNOWN
    if path != root / name:
        return UNKNOWN
    try:
        if not stat.S_ISREG(os.lstat(path).st_mode):
            return UNKNOWN
        return sha256(path.read_bytes()).hexdigest()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError:
        return UNKNOWN


def write_temp(target: Target, step: Step) -> None:
    """Write the target's new bytes beside it, onto the disk. Raises WorkspaceError."""
    if target.content is None:
        return
    with failing_as(target.name):
        step("write a temporary file")
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
        with os.fdopen(os.open(target.temp, flags, 0o666), "wb") as file:
            step("fill a temporary file")
            file.write(target.content)
            file.flush()
            if target.mode is not None:
                _keep_owner(file.fileno(), target.path)
                os.fchmod(file.fileno(), target.mode)
            os.fsync(file.fileno())


def replace(target: Target, step: Step) -> None:
    """Put the written bytes in place, or remove the file, onto the disk. Raises WorkspaceError."""
    with failing_as(target.name):
        step("replace a file")
        if target.content is None:
            os.unlink(target.path)
        else:
            os.replace(target.temp, target.path)
        step("make the replacement durable")
        sync_folder(target.path.parent)


def write_durably(path: Path, content: bytes) -> None:
    """A new file that is whole on the disk when this returns. Raises OSError; FileExistsError if there is one."""
    with open(path, "xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable. Raises OSError."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _keep_owner(descriptor: int, path: Path) -> None:
    try:
        old, new = os.stat(path), os.fstat(descriptor)
    except FileNotFoundError:
        return
    if (old.st_uid, old.st_gid) == (new.st_uid, new.st_gid):
        return
    try:
        os.fchown(descriptor, old.st_uid, old.st_gid)
    except PermissionError:
        # Only the administrator may give files away; the bytes and permission bits are right all the same.
        return
