"""A run's live output: one display in a notebook, refreshed at most ten times a second; lines in a terminal."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Protocol

from smallcode_jupyter.protocol.events import Envelope, ModelDelta
from smallcode_jupyter.render.html import render_html
from smallcode_jupyter.render.text import render_text, step_line
from smallcode_jupyter.render.trace import bundle
from smallcode_jupyter.render.view import ViewState, fold

__all__ = ["LiveOutput", "NotebookOutput", "TerminalOutput", "is_plain", "open_output", "show"]

_PERIOD = 0.1
_SLOW_PERIOD = 0.5
_LARGE = 50_000
_IDLE_PERIOD = 1.0


class LiveOutput(Protocol):
    """Where a run is shown while it goes on."""

    view: ViewState

    def start(self) -> None:
        """Show that it begins."""

    def add(self, envelope: Envelope) -> None:
        """Take in one event."""

    def tick(self) -> None:
        """Show what is new, if it is time."""

    def finish(self, closing: str) -> None:
        """Show the end, with the sentence on what can be done now. May be called again with another sentence."""


class NotebookOutput:
    """One display of the cell that started it; every update goes to that display."""

    def __init__(
        self,
        publish: Callable[..., None],
        *,
        is_raw: bool = False,
        clock: Callable[[], float] = time.monotonic,
        wall: Callable[[], float] = time.time,
    ) -> None:
        self.view = ViewState()
        self._publish = publish
        self._is_raw = is_raw
        self._clock = clock
        self._wall = wall
        self._id = f"smallcode-{uuid.uuid4().hex}"
        self._envelopes: list[Envelope] = []
        self._is_new = False
        self._period = _PERIOD
        self._shown_at = 0.0

    def start(self) -> None:
        """Show that it begins."""
        now = self._wall()
        self.view = replace(self.view, started=now, at=now)
        self._send({"text/plain": "smallcode …", "text/html": render_html(self.view)}, is_update=False)

    def add(self, envelope: Envelope) -> None:
        """Take in one event."""
        self.view = fold(self.view, envelope)
        if not isinstance(envelope.event, ModelDelta):
            self._envelopes.append(envelope)
        self._is_new = True
        self.tick()

    def tick(self) -> None:
        """Show what is new, at most ten times a second; the running time once a second."""
        waited = self._clock() - self._shown_at
        if self.view.finished is not None or waited < (self._period if self._is_new else _IDLE_PERIOD):
            return
        page = render_html(replace(self.view, at=self._wall()), is_raw=self._is_raw)
        self._period = _SLOW_PERIOD if len(page) > _LARGE else _PERIOD
        self._send({"text/plain": render_text(self.view), "text/html": page}, is_update=True)

    def finish(self, closing: str) -> None:
        """Show the end in all MIME types."""
        data = bundle(self._envelopes, self.view, closing=closing, is_raw=self._is_raw)
        self._send(data, is_update=True)

    def _send(self, data: Mapping[str, object], *, is_update: bool) -> None:
        self._publish(data=dict(data), metadata={}, transient={"display_id": self._id}, update=is_update)
        self._is_new = False
        self._shown_at = self._clock()


class TerminalOutput:
    """Each step as a line when it ends; the whole at the end is what the lines did not say."""

    def __init__(self, write: Callable[[str], object], *, width: int = 100) -> None:
        self.view = ViewState()
        self._write = write
        self._width = width
        self._told: set[tuple[str, float]] = set()

    def start(self) -> None:
        """Nothing yet: the first step is the start."""

    def add(self, envelope: Envelope) -> None:
        """Take in one event and write the steps that ended with it."""
        self.view = fold(self.view, envelope)
        if isinstance(envelope.event, ModelDelta):
            return
        for step in self.view.steps:
            mark = (step.key, step.started)
            if step.status != "running" and mark not in self._told:
                self._told.add(mark)
                self._write(step_line(step, self._width) + "\n")

    def tick(self) -> None:
        """Nothing: lines are written as they come."""

    def finish(self, closing: str) -> None:
        """Write the answer, the proposal, the outcome and the meter."""
        rest = replace(self.view, steps=(), folded_steps=0)
        self._write(render_text(rest, width=self._width, closing=closing).split("\n", 1)[1].lstrip("\n"))


def is_plain(shell: Any) -> bool:  # IPython is not typed
    """Whether the shell can only print: its displays cannot be updated."""
    from IPython.core.displaypub import DisplayPublisher

    return type(shell.display_pub) is DisplayPublisher


def open_output(shell: Any, *, is_raw: bool, write: Callable[[str], object]) -> LiveOutput:
    """The live output that suits the shell."""
    if is_plain(shell):
        return TerminalOutput(write)
    return NotebookOutput(shell.display_pub.publish, is_raw=is_raw)


def show(shell: Any, text: str, *, html: str | None = None, markdown: str | None = None) -> None:
    """Show something that does not change: text, and richer forms where the front end has them."""
    data = {"text/plain": text}
    if markdown is not None:
        data["text/markdown"] = markdown
    if html is not None:
        data["text/html"] = html
    if is_plain(shell):
        import sys

        sys.stdout.write(text if text.endswith("\n") else f"{text}\n")
        return
    shell.display_pub.publish(data=data, metadata={}, transient={}, update=False)
