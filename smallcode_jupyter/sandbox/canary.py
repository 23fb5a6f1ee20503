"""Proof that a confinement holds: three things it must refuse are tried before any code runs."""

from __future__ import annotations

import contextlib
import errno
import os
import socket
from collections.abc import Callable
from pathlib import Path

from smallcode_jupyter.protocol.errors import SandboxError

__all__ = ["prove_confinement"]

_NAME = ".smallcode-canary"


def prove_confinement(outside: Path, parent: int) -> None:
    """Try to write a file in `outside`, a folder this process's user may write to, to reach the network, and to
    signal the parent.

    Raises SandboxError if any of it succeeds. Takes less than a millisecond.
    """
    attempts: tuple[tuple[str, Callable[[], None]], ...] = (
        ("write files", lambda: _write(outside / f"{_NAME}-{os.getpid()}")),
        ("open connections", _connect),
        ("send signals to the kernel", lambda: os.kill(parent, 0)),
    )
    for verb, attempt in attempts:
        try:
            attempt()
        except OSError as error:
            if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS, errno.ESRCH):
                continue
            raise SandboxError(
                "Nothing was run.", why=f"Whether it could {verb} is not certain: {error}."
            ) from error
        raise SandboxError("Nothing was run.", why=f"The confinement does not hold: it could {verb}.")


def _write(place: Path) -> None:
    handle = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    os.close(handle)
    with contextlib.suppress(OSError):
        place.unlink()


def _connect() -> None:
    socket.socket(socket.AF_INET, socket.SOCK_STREAM).close()
