"""What a session gives back: how a run ended, what accepting did."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from smallcode_jupyter.protocol.changes import ChangeSet, FileChange
from smallcode_jupyter.protocol.events import TaskFinished

__all__ = ["Accepted", "RunResult"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RunResult:
    """How a run ended and what it left."""

    run: str
    finished: TaskFinished
    changes: ChangeSet
    """Empty where nothing is proposed."""
    trace: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """What accepting did."""

    paths: tuple[str, ...]
    """Files written, new or deleted."""
    cell: FileChange | None
    """The code of a cell, or None. The front end runs it. Its path is that of the next cell, or of one that is there,
    whose text it becomes."""
    entry: str
    """The journal entry; empty if no file changed."""

    @property
    def cell_code(self) -> str | None:
        """The code alone; None where there is none, or the cell goes away."""
        return self.cell.after if self.cell is not None else None
