"""What waits to be accepted, kept on the disk: the command line accepts what an earlier call proposed."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from smallcode_jupyter.protocol.changes import ChangeSet
from smallcode_jupyter.protocol.codec import decode, encode
from smallcode_jupyter.protocol.errors import Problem, WorkspaceError
from smallcode_jupyter.protocol.events import Event, Notice
from smallcode_jupyter.workspace.paths import is_cell_path
from smallcode_jupyter.workspace.swap import failing_as, sync_folder, write_durably

__all__ = ["PendingFile", "not_empty"]

_NAME = "the proposal"


class PendingFile:
    """The file that holds the pending changes of one workspace. It is whole at every moment."""

    def __init__(self, path: Path) -> None:
        """Nothing is made yet."""
        self._path = path

    def load(self) -> ChangeSet | None:
        """What an earlier process proposed; code for a cell went with its kernel."""
        try:
            changes = decode(ChangeSet, json.loads(self._path.read_text(encoding="utf-8")))
        except (OSError, ValueError):
            return None
        files = tuple(change for change in changes.files if not is_cell_path(change.path))
        return replace(changes, files=files) if files else None

    @contextmanager
    def replaced(self, changes: ChangeSet | None) -> Iterator[None]:
        """Hold these instead, from the end of the block on; if it raises, those of before.

        All space is taken before the block begins, which is not entered where there is none. Raises WorkspaceError;
        its words say whether the block was done.
        """
        draft = self._path.with_suffix(".tmp")
        if changes is not None:
            self._write(draft, changes)
        try:
            yield
        except BaseException:
            with contextlib.suppress(OSError):
                draft.unlink(missing_ok=True)
            raise
        try:
            if changes is None:
                self._path.unlink(missing_ok=True)
            else:
                os.replace(draft, self._path)
                sync_folder(self._path.parent)
        except OSError as error:
            raise WorkspaceError(
                "It was done, but what is proposed now could not be noted on the disk.",
                why=f"The system says: {error.strerror or error}.",
                hint="Look at the files before you accept anything; undo takes back what was accepted.",
            ) from error

    def replace(self, changes: ChangeSet | None) -> None:
        """Hold these instead. Raises WorkspaceError."""
        with self.replaced(changes):
            pass

    def propose(self, changes: ChangeSet | None, emit: Callable[[Event], None]) -> None:
        """Hold these instead; where the disk refuses, nothing rather than what an earlier run proposed, and say so."""
        try:
            self.replace(changes)
        except WorkspaceError as error:
            emit(Notice(level="warning", problem=_not_kept(error)))
            with contextlib.suppress(OSError):
                self._path.unlink(missing_ok=True)

    def _write(self, draft: Path, changes: ChangeSet) -> None:
        try:
            with failing_as(_NAME):
                self._path.parent.mkdir(parents=True, exist_ok=True)
                draft.unlink(missing_ok=True)
                write_durably(draft, json.dumps(encode(changes)).encode())
        except BaseException:
            with contextlib.suppress(OSError):
                draft.unlink(missing_ok=True)
            raise


def not_empty(changes: ChangeSet | None) -> ChangeSet | None:
    """The changes; None where nothing would change."""
    return changes if changes is not None and not changes.is_empty else None


def _not_kept(error: WorkspaceError) -> Problem:
    return Problem(
        code="not_kept",
        what="The proposal could not be kept on the disk: it is lost when this program ends.",
        why=error.why,
        hint="Accept it before, or free some space and ask again.",
    )
