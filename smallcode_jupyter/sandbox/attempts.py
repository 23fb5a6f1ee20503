"""What the code in a trial tries that a trial refuses, named, also where the code hides the refusal.

An audit hook of Python in the forked copy. Commands that the code starts are not seen. The list is what the copy
says of itself: it tells a person what would happen, and grants nothing.
"""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Callable
from typing import Any

__all__ = ["Attempts"]

_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_MOST = 20
_CHARS = 200
_HARMLESS = ("/dev/", "/proc/self/")


class Attempts:
    """Listens from `listen` on, for as long as the process lives."""

    def __init__(self, writable: tuple[str, ...]) -> None:
        self._roots = tuple(os.path.join(root, "") for root in writable)
        self._seen: dict[str, None] = {}
        self._is_busy = False
        self._notes: dict[str, Callable[[Any], str]] = {
            "open": self._opened,
            "os.remove": lambda given: self._path("delete", given[0]),
            "os.rmdir": lambda given: self._path("delete", given[0]),
            "shutil.rmtree": lambda given: self._path("delete", given[0]),
            "os.rename": lambda given: self._path("rename", given[0]) or self._path("replace", given[1]),
            "os.mkdir": lambda given: self._path("make", given[0]),
            "os.symlink": lambda given: self._path("make", given[1]),
            "os.link": lambda given: self._path("make", given[1]),
            "os.truncate": lambda given: self._path("write", given[0]),
            "os.chmod": lambda given: f"change the mode of {_shown(given[0])}",
            "os.chown": lambda given: f"change the owner of {_shown(given[0])}",
            "os.utime": lambda given: f"change the times of {_shown(given[0])}",
            "socket.getaddrinfo": lambda given: f"look up {_shown(given[0])}",
            "socket.gethostbyname": lambda given: f"look up {_shown(given[0])}",
            "socket.__new__": lambda given: "open a connection" if given[1] != socket.AF_UNIX else "",
            "urllib.Request": lambda given: f"fetch {_shown(given[0])}",
            "os.kill": lambda given: "" if given[0] in (0, os.getpid()) else f"signal process {given[0]}",
            "os.killpg": lambda given: f"signal group {given[0]}",
        }

    def listen(self) -> None:
        """For good: an audit hook cannot be taken away."""
        sys.addaudithook(self._hear)

    def told(self) -> tuple[str, ...]:
        """Each once, in order."""
        return tuple(self._seen)

    def _hear(self, event: str, given: Any) -> None:
        note = self._notes.get(event)
        if note is None or self._is_busy or len(self._seen) >= _MOST:
            return
        self._is_busy = True
        try:
            if words := note(given):
                self._seen[words[:_CHARS]] = None
        except (ValueError, TypeError, IndexError, OSError):
            pass  # arguments that the call itself will refuse
        finally:
            self._is_busy = False

    def _opened(self, given: Any) -> str:
        path, mode, flags = given
        if isinstance(path, int) or path is None:
            return ""
        is_writing = bool(flags & _WRITES) if isinstance(flags, int) else False
        if not is_writing and not (isinstance(mode, str) and set(mode) & set("wax+")):
            return ""
        return self._path("write", path)

    def _path(self, verb: str, path: Any) -> str:
        if isinstance(path, int):
            return ""
        place = os.path.realpath(os.fsdecode(path))
        if place.startswith((*self._roots, *_HARMLESS)):
            return ""
        return f"{verb} {place}"


def _shown(value: Any) -> str:
    return value.decode(errors="replace") if isinstance(value, bytes) else str(value)
