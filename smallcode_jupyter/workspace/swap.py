"""Replacing files so that each is whole at every moment, and is on the disk before the next step."""

from __future__ import annotations

import ctypes
import errno
import os
import stat
import sys
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from smallcode_jupyter.protocol.errors import FileChanged, OutsideWorkspace
from smallcode_jupyter.workspace.failures import write_failure
from smallcode_jupyter.workspace.paths import resolve_path

__all__ = [
    "UNKNOWN",
    "Step",
    "Target",
    "changed_since",
    "clear_temp",
    "failing_as",
    "probe",
    "replace",
    "sync_folder",
    "write_durably",
    "write_temp",
]

Step = Callable[[str], None]
"""Called between every two actions on the disk, with the name of the next; what it raises counts as that action's."""

_AT_FDCWD, _RENAME_EXCHANGE = -100, 2
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
    """Write the target's new bytes beside it, onto the disk. Raises WorkspaceError.

    Under its own name the temporary file is always whole; until then it has the name of `draft_of`.
    """
    if target.content is None:
        return
    draft = draft_of(target.temp)
    with failing_as(target.name):
        step("write a temporary file")
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
        with os.fdopen(os.open(draft, flags, 0o666), "wb") as file:
            step("fill a temporary file")
            file.write(target.content)
            file.flush()
            if target.mode is not None:
                _keep_owner(file.fileno(), target.path)
                os.fchmod(file.fileno(), target.mode)
            os.fsync(file.fileno())
        step("name a temporary file")
        os.rename(draft, target.temp)


def draft_of(temp: Path) -> Path:
    """Where a temporary file is written."""
    return temp.with_name(temp.name + "~")


def clear_temp(path: Path, temp: Path, known: Collection[str | None]) -> None:
    """Remove the temporary file beside `path`; what is not of the `known` hashes goes back to `path` instead.

    That is what somebody saved at the moment of a replacement, and what a process that died then could not put back.
    It does not go over what they saved since. Raises OSError.
    """
    draft_of(temp).unlink(missing_ok=True)
    if not os.path.lexists(temp):
        return
    if _hash_of(temp) not in known and (not os.path.lexists(path) or _hash_of(path) in known):
        os.replace(temp, path)
    else:
        temp.unlink()


def replace(target: Target, expected: str | None, step: Step) -> None:
    """Put the written bytes in place, or remove the file, onto the disk. Raises WorkspaceError.

    What stood there is looked at once more after it was taken away: where somebody saved the file at the last moment
    and it is not `expected` (a hash; None: no file), it is put back, and FileChanged raised.
    """
    with failing_as(target.name):
        step("replace a file")
        is_kept = _take_out(target, expected)
        step("look at what was replaced")
        if is_kept and _hash_of(target.temp) != expected:
            _put_back(target)
            raise changed_since(target.name, "it was read")
        if is_kept:
            os.unlink(target.temp)
        step("make the replacement durable")
        sync_folder(target.path.parent)


def _take_out(target: Target, expected: str | None) -> bool:
    """Put the new bytes in place. Whether what stood there stands at `temp` now."""
    if target.content is None:
        os.rename(target.path, target.temp)
        return True
    if expected is None:
        try:
            os.link(target.temp, target.path)  # unlike renaming, never over a file that came meanwhile
        except FileExistsError as error:
            raise changed_since(target.name, "it was read") from error
        except OSError:
            os.rename(target.temp, target.path)  # a system without hard links
        else:
            os.unlink(target.temp)
        return False
    try:
        exchange(target.temp, target.path)
    except OSError as error:
        if error.errno == errno.ENOENT:
            raise changed_since(target.name, "it was read") from error
        os.replace(target.temp, target.path)  # a system that cannot exchange
        return False
    return True


def _put_back(target: Target) -> None:
    if target.content is None:
        try:
            os.link(target.temp, target.path)
        except OSError:
            os.rename(target.temp, target.path)
    else:
        exchange(target.temp, target.path)


def exchange(one: Path, other: Path) -> None:
    """Let two files change places at once. Raises OSError where the system cannot."""
    if sys.platform != "linux":
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS))
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except AttributeError as error:
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS)) from error
    if rename(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), ctypes.c_uint(_RENAME_EXCHANGE)):
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number), str(other))


def _hash_of(path: Path) -> str | None:
    """Of what was taken out; None where it is no ordinary file."""
    if not stat.S_ISREG(os.lstat(path).st_mode):
        return None
    return sha256(path.read_bytes()).hexdigest()


def changed_since(name: str, since: str) -> FileChanged:
    """Somebody else changed a file."""
    return FileChanged(
        f"`{name}` was changed since {since}; nothing was changed now.",
        why="The file on disk has other content.",
        hint="Look at the file, then ask for the change again.",
    )


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
