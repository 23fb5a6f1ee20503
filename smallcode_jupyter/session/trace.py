"""The trace: one JSON line an event, written as it happens, readable back, and checked against the invariants."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from types import TracebackType

from smallcode_jupyter.protocol.codec import from_json, to_json
from smallcode_jupyter.protocol.errors import Problem
from smallcode_jupyter.protocol.events import Envelope, Event, Notice, TaskFinished, TaskStarted

__all__ = ["Recorder", "check_invariants", "read_trace"]


class Recorder:
    """Numbers and stamps events, appends them to a file, and hands them on.

    A line is flushed as soon as it is written, so a killed run leaves a readable trace. A full disk ends the writing,
    not the run: a notice to those who listen, and `problem`, then say so.
    """

    def __init__(
        self, run: str, path: Path | None, *, clock: Callable[[], float], on_event: Callable[[Envelope], None]
    ) -> None:
        self.run = run
        self.path = path
        self.problem = ""
        """Why the file is incomplete; empty if it is not."""
        self._clock = clock
        self._on_event = on_event
        self._seq = 0
        self._is_told = False
        self._file = None
        if path is not None:
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
                self._file = path.open("w", encoding="utf-8")
            except OSError as error:
                self.problem = f"The trace cannot be kept: {error.strerror}."

    def __call__(self, event: Event) -> None:
        """Record one event."""
        envelope = self._stamped(event)
        self._write(envelope)
        if self.problem and not self._is_told and not isinstance(event, TaskStarted):
            self._is_told = True
            problem = Problem(code="trace_incomplete", what=self.problem)
            self._hand_on(self._stamped(Notice(level="warning", problem=problem)))
            envelope = self._stamped(event)
        self._hand_on(envelope)

    def _stamped(self, event: Event) -> Envelope:
        return Envelope(run=self.run, seq=self._seq, at=self._clock(), event=event)

    def _write(self, envelope: Envelope) -> None:
        if self._file is None:
            return
        try:
            self._file.write(_line(envelope))
            self._file.flush()
        except OSError as error:
            self.problem = f"The trace ends early: {error.strerror}."
            self._close_file()

    def _hand_on(self, envelope: Envelope) -> None:
        self._seq += 1
        self._on_event(envelope)

    def __enter__(self) -> Recorder:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close_file()

    def _close_file(self) -> None:
        if self._file is not None:
            file, self._file = self._file, None
            try:
                file.close()
            except OSError as error:
                self.problem = f"The trace ends early: {error.strerror}."


def _line(envelope: Envelope) -> str:
    """The event as a line. Halves of characters, which models and names of files can have, are escaped."""
    fields = to_json(envelope)
    line = json.dumps(fields, ensure_ascii=False, separators=(",", ":"))
    try:
        line.encode()
    except UnicodeEncodeError:
        line = json.dumps(fields, separators=(",", ":"))
    return line + "\n"


def read_trace(path: Path) -> tuple[Envelope, ...]:
    """All whole events of a trace file; a last line cut off by a kill is left out. Raises ValueError otherwise."""
    lines = path.read_text(encoding="utf-8").split("\n")
    envelopes = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            envelopes.append(from_json(json.loads(line)))
        except ValueError as error:
            if number == len(lines):
                break
            raise ValueError(f"{path.name}, line {number}: {error}") from error
    return tuple(envelopes)


def check_invariants(envelopes: Sequence[Envelope]) -> tuple[str, ...]:
    """What is wrong with a finished run's events, a sentence each; empty if nothing."""
    events = [envelope.event for envelope in envelopes]
    wrong = []
    if not events or not isinstance(events[0], TaskStarted):
        wrong.append("the first event is not task.started")
    if sum(isinstance(event, TaskFinished) for event in events) != 1 or not isinstance(
        events[-1], TaskFinished
    ):
        wrong.append("there is not exactly one task.finished, at the end")
    if [envelope.seq for envelope in envelopes] != list(range(len(envelopes))):
        wrong.append("the sequence numbers have gaps")
    wrong += _nesting_faults(events)
    wrong += [
        f"{envelope.event.type} does not survive the codec"
        for envelope in envelopes
        if from_json(json.loads(json.dumps(to_json(envelope)))) != envelope
    ]
    return tuple(wrong)


def _nesting_faults(events: Iterable[Event]) -> list[str]:
    stack: list[str] = []
    wrong = []
    for event in events:
        name, _, kind = event.type.partition(".")
        if kind == "started":
            stack.append(name)
        elif kind == "finished" and (not stack or stack.pop() != name):
            wrong.append(f"{event.type} without its start, or out of order")
    return wrong + [f"{name}.started was never finished" for name in stack]
