"""Operating system errors as sentences."""

from __future__ import annotations

import errno

from smallcode_jupyter.protocol.errors import DiskFull, NotFound, ReadOnly, WorkspaceError

__all__ = ["read_failure", "write_failure"]

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_DENIED = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
_MISSING = frozenset({errno.ENOENT, errno.ENOTDIR})


def read_failure(error: OSError, name: str) -> WorkspaceError:
    """Why `name` could not be read."""
    if error.errno in _MISSING:
        return NotFound(f"There is no file `{name}`.", hint="List the files to see which exist.")
    if error.errno in _DENIED:
        return WorkspaceError(
            f"`{name}` could not be read.",
            why="Its permissions do not allow it.",
            hint="Give yourself the right to read it.",
        )
    return WorkspaceError(f"`{name}` could not be read.", why=_cause(error))


def write_failure(error: OSError, name: str) -> WorkspaceError:
    """Why `name` could not be written. Says that nothing was changed: the caller sees to it."""
    if error.errno in _FULL:
        return DiskFull(
            f"There is no space left to write `{name}`; nothing was changed.",
            why=_cause(error),
            hint="Free some space, then accept the change again.",
        )
    if error.errno in _DENIED:
        return ReadOnly(
            f"`{name}` may not be written; nothing was changed.",
            why=_cause(error),
            hint="Give yourself the right to write it and its folder, then accept the change again.",
        )
    return WorkspaceError(f"`{name}` could not be written; nothing was changed.", why=_cause(error))


def _cause(error: OSError) -> str:
    return f"The system says: {error.strerror or error}."
