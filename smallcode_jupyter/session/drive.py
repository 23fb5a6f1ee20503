"""The drivers: they run the loop's generator and perform its effects. Nothing else performs effects.

`drive` blocks (command line, benchmark, plain magic); `adrive` awaits (notebook, panels). Both run the same generator
with the same performer. Cancelling is one event: every effect ends soon after it is set, and `Cancelled` is then thrown
into the loop.
"""

from __future__ import annotations

import asyncio
import errno
import queue
import signal
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, Protocol, cast

from smallcode_jupyter.agent.flow import Flow
from smallcode_jupyter.protocol.effects import Effect, Reply
from smallcode_jupyter.protocol.errors import Cancelled, DiskFull, SmallCodeError
from smallcode_jupyter.protocol.events import (
    EVENT_TYPES,
    Event,
    TaskFinished,
    TurnFinished,
    TurnStarted,
)

__all__ = ["Emit", "Perform", "adrive", "drive", "interrupts_cancel"]

Emit = Callable[[Event], None]

_HEARTBEAT = 0.05
"""Seconds between two looks while awaiting: an interrupt arrives at the latest then."""


class Perform(Protocol):
    """Performs effects; see `performer.Performer`."""

    def __call__(self, effect: Effect, emit: Emit) -> Reply:
        """The effect's reply. May raise SmallCodeError."""

    def needs_main_thread(self, effect: Effect) -> bool:
        """Whether it touches the kernel (its variables, a fork of it)."""


@contextmanager
def interrupts_cancel(cancel: threading.Event) -> Iterator[None]:
    """While inside, an interrupt (Ctrl-C, the notebook's stop button) sets `cancel` instead of raising.

    A second interrupt goes to whoever handled it before: in a terminal it raises KeyboardInterrupt; a kernel that
    awaits a cell cancels that cell, where raising within its event loop would end the kernel. Off the main thread
    nothing is changed.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.getsignal(signal.SIGINT)

    def on_interrupt(number: int, frame: Any) -> None:
        if not cancel.is_set():
            cancel.set()
        elif callable(before):
            before(number, frame)
        else:
            raise KeyboardInterrupt

    signal.signal(signal.SIGINT, on_interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before if before is not None else signal.default_int_handler)


def _stopped() -> Cancelled:
    return Cancelled("The run was stopped.", hint="What it validated before can still be accepted.")


class _Steps:
    """What both drivers share: events go out with their times filled in, effects come back to be performed."""

    def __init__(self, flow: Flow[TaskFinished], emit: Emit, cancel: threading.Event) -> None:
        self.finished: TaskFinished | None = None
        self._flow = flow
        self._emit = emit
        self._cancel = cancel
        self._is_cancelled = False
        self._task = self._turn = self._asked = time.perf_counter()
        self._outside = 0.0

    def next_effect(self, reply: Reply | None, error: SmallCodeError | None) -> Effect | None:
        """Hand in the last effect's reply or error; returns the next effect, None at the end."""
        self._outside += time.perf_counter() - self._asked
        try:
            step = self._flow.throw(error) if error is not None else self._flow.send(reply)
            while True:
                if isinstance(step, EVENT_TYPES):
                    self._tell(step)
                    step = self._flow.send(None)
                elif self._cancel.is_set() and not self._is_cancelled:
                    self._is_cancelled = True
                    step = self._flow.throw(_stopped())
                else:
                    self._asked = time.perf_counter()
                    return cast(Effect, step)
        except StopIteration:
            return None

    def _tell(self, event: Event) -> None:
        now = time.perf_counter()
        if isinstance(event, TurnStarted):
            self._turn, self._outside = now, 0.0
        elif isinstance(event, TurnFinished):
            event = replace(event, harness_seconds=round(now - self._turn - self._outside, 4))
        elif isinstance(event, TaskFinished):
            event = replace(event, seconds=round(now - self._task, 3))
            self.finished = event
        self._emit(event)

    @contextmanager
    def guarded(self) -> Iterator[None]:
        """Where the driver itself is torn down (a second interrupt), the run's events still come to their end."""
        try:
            yield
        except BaseException:
            while self.finished is None and self.next_effect(None, _stopped()) is not None:
                pass
            raise

    def end(self) -> TaskFinished:
        """The last event."""
        assert self.finished is not None
        return self.finished


def drive(flow: Flow[TaskFinished], perform: Perform, emit: Emit, *, cancel: threading.Event) -> TaskFinished:
    """Run to the end on this thread; returns the last event with its times filled in."""
    steps = _Steps(flow, emit, cancel)
    effect = steps.next_effect(None, None)
    while effect is not None:
        reply: Reply | None = None
        error: SmallCodeError | None = None
        with steps.guarded():
            try:
                reply = perform(effect, emit)
            except Exception as caught:  # noqa: BLE001 - the driver's edge: see _as_error
                error = _as_error(caught)
        effect = steps.next_effect(reply, error)
    return steps.end()


async def adrive(
    flow: Flow[TaskFinished], perform: Perform, emit: Emit, *, cancel: threading.Event
) -> TaskFinished:
    """The same, awaiting: effects run on a worker thread where they may; events are emitted on the caller's thread.

    `asyncio.CancelledError` counts as a stop: the run ends properly and its last event is returned.
    """
    steps = _Steps(flow, emit, cancel)
    effect = steps.next_effect(None, None)
    while effect is not None:
        reply: Reply | None = None
        error: SmallCodeError | None = None
        with steps.guarded():
            try:
                if perform.needs_main_thread(effect):
                    reply = perform(effect, emit)
                else:
                    reply = await _in_thread(perform, effect, emit, cancel)
            except Exception as caught:  # noqa: BLE001 - the driver's edge: see _as_error
                error = _as_error(caught)
        effect = steps.next_effect(reply, error)
    return steps.end()


def _as_error(error: Exception) -> SmallCodeError:
    """An expected failure as it is; a fault of ours with its traceback, so that the run ends with a whole trace."""
    if isinstance(error, SmallCodeError):
        return error
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        return DiskFull(
            "There is no space left on the disk; nothing was changed.",
            why=f"The system says: {error.strerror}.",
            hint="Free some space, also where temporary files are kept, and ask again.",
        )
    return SmallCodeError(
        f"The agent itself failed: {type(error).__name__}: {error}.",
        why="".join(traceback.format_exception(error)[-3:]),
        hint="Please report this, with the trace.",
    )


async def _in_thread(perform: Perform, effect: Effect, emit: Emit, cancel: threading.Event) -> Reply:
    """Perform on a worker thread; its events are emitted here, at every heartbeat."""
    events: queue.SimpleQueue[Event] = queue.SimpleQueue()
    work = asyncio.ensure_future(asyncio.to_thread(perform, effect, events.put))
    while not work.done():
        try:
            await asyncio.wait({work}, timeout=_HEARTBEAT)
        except asyncio.CancelledError:
            if cancel.is_set():
                raise
            cancel.set()
        _drain(events, emit)
    _drain(events, emit)
    return work.result()


def _drain(events: queue.SimpleQueue[Event], emit: Emit) -> None:
    while not events.empty():
        emit(events.get())
