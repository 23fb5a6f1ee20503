"""Writing to a terminal or pipe that may be closed at any time, or may not know our characters."""

from __future__ import annotations

import io
import os
import shutil
import sys
from collections.abc import Callable
from typing import Any, TextIO

from smallcode_jupyter.render.plain import plain

__all__ = ["Console"]

_ASCII = str.maketrans(
    {
        "✓": "ok",
        "✗": "failed",
        "–": "-",
        "·": "|",
        "…": "...",
        "○": "o",
        "◇": "*",
        "→": ">",
        "✎": "+",
        "▶": "$",
        "↻": "~",
        "■": "#",
        "☰": "=",
        "“": '"',
        "”": '"',
        "×": "x",
    }
)


class Console:
    """Standard output for results, standard error for everything on the way.

    A closed pipe ends the writing, not the program; characters that the terminal cannot show are replaced.
    """

    def __init__(
        self,
        *,
        out: TextIO | None = None,
        err: TextIO | None = None,
        read: Callable[[str], str] | None = None,
        is_interactive: bool | None = None,
    ) -> None:
        # A program started without a standard stream has None in its place.
        self._out = out or sys.stdout or io.StringIO()
        self._err = err or sys.stderr or io.StringIO()
        self._read = read
        self._closed: set[int] = set()
        self.is_interactive = is_interactive if is_interactive is not None else _is_terminal(sys.stdin)
        """Whether a person can be asked."""

    @property
    def width(self) -> int:
        """Columns of the terminal, within reason."""
        return max(40, min(shutil.get_terminal_size((100, 24)).columns, 120))

    @property
    def has_live_error(self) -> bool:
        """Whether a line on standard error can be written over."""
        return _is_terminal(self._err)

    def say(self, text: str) -> None:
        """A line of the result."""
        self._write(self._out, text if text.endswith("\n") else f"{text}\n")

    def note(self, text: str) -> None:
        """A line on the way."""
        self._write(self._err, text if text.endswith("\n") else f"{text}\n")

    def overwrite(self, text: str) -> None:
        """Put the text over the current line of standard error."""
        self._write(self._err, f"\r{plain(text):<{self.width - 1}}")

    def ask(self, prompt: str) -> str:
        """One line from the person. Raises EOFError at the end of the input."""
        if self._read is not None:
            return self._read(prompt)
        self._write(self._err, prompt)
        line = sys.stdin.readline()
        if not line:
            raise EOFError
        return line.rstrip("\n")

    def close(self) -> None:
        """Flush; a pipe that was closed is replaced, so that the interpreter's own last flush does not complain."""
        for stream in (self._out, self._err):
            try:
                stream.flush()
            except (OSError, ValueError):
                self._closed.add(id(stream))
            if id(stream) in self._closed and (stream is sys.__stdout__ or stream is sys.__stderr__):
                _silence(stream)

    def _write(self, stream: TextIO, text: str) -> None:
        if id(stream) in self._closed:
            return
        try:
            try:
                stream.write(text)
            except UnicodeEncodeError:
                encoding = stream.encoding or "ascii"
                simple = text.translate(_ASCII)
                stream.write(simple.encode(encoding, "replace").decode(encoding))
            stream.flush()
        except (OSError, ValueError):
            self._closed.add(id(stream))


def _is_terminal(stream: TextIO | None) -> bool:
    try:
        return stream is not None and stream.isatty()
    except ValueError:
        return False


def _silence(stream: TextIO | Any) -> None:
    try:
        sink = os.open(os.devnull, os.O_WRONLY)
        os.dup2(sink, stream.fileno())
        os.close(sink)
    except (OSError, ValueError):
        return
