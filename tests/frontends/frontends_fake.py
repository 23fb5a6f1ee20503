"""A session that plays events, with the door of the real one."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from smallcode_jupyter.protocol.changes import NEXT_CELL, ChangeSet, FileChange
from smallcode_jupyter.protocol.errors import ConfigError, SmallCodeError, UsageError
from smallcode_jupyter.protocol.events import ChangeProposed, Envelope, Event, TaskFinished
from smallcode_jupyter.session.config import Settings
from smallcode_jupyter.session.tutoring import Tutor


@dataclass(frozen=True, kw_only=True)
class FakeResult:
    run: str
    finished: TaskFinished
    changes: ChangeSet
    trace: Path


@dataclass(frozen=True, kw_only=True)
class FakeAccepted:
    paths: tuple[str, ...]
    cell: FileChange | None
    entry: str = "entry"

    @property
    def cell_code(self) -> str | None:
        return self.cell.after if self.cell else None


@dataclass(frozen=True, kw_only=True)
class FakeUndo:
    paths: tuple[str, ...]
    entry_id: str = "entry"


@dataclass
class FakeSession:
    """Plays `events` in every run; remembers what it was asked."""

    events: Sequence[Event] = ()
    root: Path = Path("/project")
    settings: Settings = field(default_factory=Settings)
    pause: float = 0.0
    """Seconds of silence before the last event of an awaited run."""
    error: SmallCodeError | None = None
    pending: ChangeSet | None = None
    last_trace: Path | None = None
    calls: list[tuple[Any, ...]] = field(default_factory=list)
    tutor: Tutor = field(
        default_factory=lambda: Tutor(Path("/project"), Path("/nowhere/tutor.jsonl"), facts=None)
    )

    def run(self, words: str, *, on_event: Callable[[Envelope], None], **options: Any) -> FakeResult:
        self._begin(words, options)
        for seq, event in enumerate(self.events):
            on_event(Envelope(run="r1", seq=seq, at=1000.0 + seq, event=event))
        return self._end(self.events[-1])

    async def arun(self, words: str, *, on_event: Callable[[Envelope], None], **options: Any) -> FakeResult:
        self._begin(words, options)
        last = self.events[-1]
        for seq, event in enumerate(self.events[:-1]):
            on_event(Envelope(run="r1", seq=seq, at=1000.0 + seq, event=event))
        try:
            await asyncio.sleep(self.pause)
        except asyncio.CancelledError:
            last = TaskFinished(outcome="cancelled", reason="stopped by you")
        on_event(Envelope(run="r1", seq=len(self.events), at=2000.0, event=last))
        return self._end(last)

    def _begin(self, words: str, options: dict[str, Any]) -> None:
        self.calls.append(("run", words, options, self.settings.model))
        if self.error is not None:
            raise self.error

    def _end(self, last: Event) -> FakeResult:
        assert isinstance(last, TaskFinished)
        changes = next((event.changes for event in self.events if isinstance(event, ChangeProposed)), None)
        self.pending = changes
        return FakeResult(
            run="r1", finished=last, changes=changes or ChangeSet(id="none"), trace=Path("/state/r1.jsonl")
        )

    def accept(self, *choices: Any) -> FakeAccepted:
        self.calls.append(("accept", *choices))
        if self.pending is None:
            raise UsageError("There is nothing to accept.")
        pending, self.pending = self.pending, None
        cell = next((change for change in pending.files if change.path == NEXT_CELL), None)
        return FakeAccepted(
            paths=tuple(change.path for change in pending.files if change.path != NEXT_CELL), cell=cell
        )

    def reject(self, choice: Any) -> tuple[str, ...]:
        self.calls.append(("reject", choice))
        paths = tuple(change.path for change in self.pending.files) if self.pending else ()
        self.pending = None
        return paths

    def undo(self, entry: str | None = None) -> FakeUndo:
        self.calls.append(("undo", *((entry,) if entry else ())))
        return FakeUndo(paths=("a.py",))

    def set(self, name: str, value: str) -> None:
        self.calls.append(("set", name, value))
        if name not in ("model", "temperature", "base_url"):
            raise ConfigError(f"There is no setting {name!r}.")
        self.settings = replace(self.settings, **{name: value or None})

    def trust(self) -> None:
        self.calls.append(("trust",))

    def model_info(self, *, connect: bool) -> None:
        return None

    def close(self) -> None:
        self.calls.append(("close",))
