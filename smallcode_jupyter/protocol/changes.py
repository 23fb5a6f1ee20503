"""What a run would change: whole before and after texts, cut into hunks for choosing."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from hashlib import sha256

__all__ = ["NEXT_CELL", "ChangeSet", "FileChange", "Hunk", "content_hash"]

NEXT_CELL = "cell:next"
"""The path under which the code for the next notebook cell is staged."""


def content_hash(content: bytes) -> str:
    """SHA-256, hexadecimal."""
    return sha256(content).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Hunk:
    """A run of changed lines. Line numbers count from 0; ranges are half open."""

    before_start: int
    before_end: int
    after_start: int
    after_end: int
    before: tuple[str, ...]
    """The lines replaced, with their line ends."""
    after: tuple[str, ...]
    """The lines put in their place, with their line ends."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileChange:
    """One file's (or cell's) change."""

    path: str
    """Relative to the workspace, with `/`; or `cell:next`, `cell:ID`."""
    before: str | None
    """None where the file is new."""
    after: str | None
    """None where the file is deleted."""
    before_hash: str | None
    """Hash of the bytes on disk when they were read; None where there was no file."""

    def hunks(self) -> tuple[Hunk, ...]:
        """The changed runs of lines, in order."""
        old = (self.before or "").splitlines(keepends=True)
        new = (self.after or "").splitlines(keepends=True)
        matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
        return tuple(
            Hunk(
                before_start=a0,
                before_end=a1,
                after_start=b0,
                after_end=b1,
                before=tuple(old[a0:a1]),
                after=tuple(new[b0:b1]),
            )
            for tag, a0, a1, b0, b1 in matcher.get_opcodes()
            if tag != "equal"
        )

    def with_hunks(self, accepted: frozenset[int]) -> FileChange:
        """The change with only the hunks of these indices. All of a new or deleted file, or nothing, is one choice."""
        hunks = self.hunks()
        if accepted >= frozenset(range(len(hunks))):
            return self
        old = (self.before or "").splitlines(keepends=True)
        lines: list[str] = []
        position = 0
        for index, hunk in enumerate(hunks):
            lines += old[position : hunk.before_start]
            lines += hunk.after if index in accepted else hunk.before
            position = hunk.before_end
        lines += old[position:]
        text: str | None = "".join(lines)
        if self.before is None and not accepted:
            text = None
        if self.after is None and not accepted:
            text = self.before
        return FileChange(path=self.path, before=self.before, after=text, before_hash=self.before_hash)

    @property
    def is_empty(self) -> bool:
        """Whether nothing would change."""
        return self.before == self.after


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeSet:
    """All changes of one run, in path order."""

    id: str
    files: tuple[FileChange, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing would change."""
        return all(change.is_empty for change in self.files)
