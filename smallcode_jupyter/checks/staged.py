"""What the checks need to know of the staged state."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import Protocol

__all__ = ["Staging", "is_cell", "original_text", "staged_text"]


class Staging(Protocol):
    """A workspace with changes that are not on disk yet."""

    @property
    def root(self) -> Path:
        """The workspace as the person has it."""

    def read(self, path: str) -> str:
        """The staged text. Raises a WorkspaceError."""

    def peek(self, path: str) -> str:
        """A file's staged text, looked at in passing: it need not stay as it is. Raises a WorkspaceError."""

    def write(self, path: str, text: str) -> None:
        """Stage a file's whole text. Raises a WorkspaceError."""

    def exists(self, path: str) -> bool:
        """Whether the staged state has this file (or cell)."""

    def paths(self) -> tuple[str, ...]:
        """Every file of the staged state, relative, with `/`."""

    def materialise(self) -> Path:
        """A folder that holds the staged state as real files."""


def is_cell(path: str) -> bool:
    """Whether the path names a notebook cell instead of a file."""
    return path.startswith("cell:")


def staged_text(staging: Staging, path: str) -> str:
    """The staged text with plain newlines."""
    return _plain(staging.read(path) if is_cell(path) else staging.peek(path))


def original_text(staging: Staging, path: str) -> str | None:
    """The text on disk with plain newlines; None where there is no such file, or it is not text."""
    if is_cell(path) or PurePosixPath(path).is_absolute() or ".." in PurePosixPath(path).parts:
        return None
    try:
        return _plain((staging.root / path).read_bytes().decode("utf-8"))
    except (OSError, UnicodeDecodeError):
        return None


def _plain(text: str) -> str:
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
