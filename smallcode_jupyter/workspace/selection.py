"""Choosing among proposed changes: all, a file, single hunks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from smallcode_jupyter.protocol.changes import ChangeSet, FileChange, content_hash
from smallcode_jupyter.protocol.errors import UsageError

__all__ = ["Choice", "remainder", "select"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What the person takes or leaves."""

    verdict: Literal["accept", "reject"]
    path: str | None = None
    """None: everything."""
    hunks: frozenset[int] | None = None
    """Indices into the file's hunks; None: the whole file."""


def select(changes: ChangeSet, choice: Choice) -> ChangeSet:
    """What of the changes is chosen: `accept` keeps only what is named, `reject` keeps all else.

    Raises UsageError for a path or hunk that is not among the changes.
    """
    if choice.path is None:
        return changes if choice.verdict == "accept" else _with_files(changes, ())
    named = _find(changes, choice.path)
    indices = frozenset(range(len(named.hunks())))
    chosen = indices if choice.hunks is None else choice.hunks
    if not chosen <= indices:
        missing = ", ".join(str(index) for index in sorted(chosen - indices))
        raise UsageError(
            f"`{choice.path}` has no hunk {missing}.", hint=f"Its hunks are 0 to {len(indices) - 1}."
        )
    if choice.verdict == "accept":
        is_whole = choice.hunks is None or (bool(indices) and chosen == indices)
        kept = named if is_whole else _with_hunks(named, chosen)
        return _with_files(changes, () if kept is None else (kept,))
    kept = None if choice.hunks is None else _with_hunks(named, indices - chosen)
    files = (kept if change is named else change for change in changes.files)
    return _with_files(changes, (change for change in files if change is not None))


def remainder(changes: ChangeSet, applied: ChangeSet) -> ChangeSet:
    """What is left to choose once a selection of `changes` was applied to the files."""
    done = {change.path: change for change in applied.files}
    left = (_after(change, done[change.path]) if change.path in done else change for change in changes.files)
    return _with_files(changes, (change for change in left if not change.is_empty))


def _after(change: FileChange, applied: FileChange) -> FileChange:
    text = applied.after
    new_hash = None if text is None else content_hash(text.encode())
    return FileChange(path=change.path, before=text, after=change.after, before_hash=new_hash)


def _with_hunks(change: FileChange, accepted: frozenset[int]) -> FileChange | None:
    if not accepted:
        return None
    kept = change.with_hunks(accepted)
    return None if kept.is_empty else kept


def _with_files(changes: ChangeSet, files: Iterable[FileChange]) -> ChangeSet:
    return ChangeSet(id=changes.id, files=tuple(files))


def _find(changes: ChangeSet, path: str) -> FileChange:
    for change in changes.files:
        if change.path == path:
            return change
    known = ", ".join(f"`{change.path}`" for change in changes.files) or "none"
    raise UsageError(f"No change of `{path}` is proposed.", hint=f"Proposed are changes of: {known}.")
