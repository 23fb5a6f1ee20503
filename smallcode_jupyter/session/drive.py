"""The drivers: they run the loop's generator and perform its effects. Nothing else performs effects.

`drive` blocks (command line, benchmark, plain magic); `adrive` awaits (notebook, panels). Both run the same generator with the
same performer. Cancelling is one event: every effect ends soon after it is set, and `Cancelled` is thrown into the loop.
"""

from __future__ import annotations

import asyncio
import queue
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, Protocol

from smallcode_jupyter.agent.flow import Flow
from smallcode_jupyter.protocol.effects import Effect, Reply
from smallcode_jupyter.protocol.errors import Cancelled, SmallCodeError
from smallcode_jupyter.protocol.events import (
    EVENT_TYPES,
    Event,
    TaskFinished,
    TaskStarted,
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


class _Clock:
    """Fills in the times that the pure loop cannot know."""

    def __init__(self) -> None:
        self.task = self.turn = time.perf_counter()
        self.outside = 0.0

    def stamp(self, event: Event) -> Event:
        now = time.perf_counter()
        if isinstance(event, TaskStarted):
            self.task = self.turn = now
            self.outside = 0.0
        elif isinstance(event, TurnStarted):
            self.turn, self.outside = now, 0.0
        elif isinstance(event, TurnFinished):
            return replace(event, harness_seconds=round(now - self.turn - self.outside, 4))
        elif isinstance(event, TaskFinished):
            return replace(event, seconds=round(now - self.task, 3))
        return event


@contextmanager
def interrupts_cancel(cancel: threading.Event) -> Iterator[None]:
    """While inside, an interrupt (Ctrl-C, the notebook's stop button) sets `cancel` instead of raising.

    A second interrupt raises KeyboardInterrupt as usual. Off the main thread nothing is changed.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.getsignal(signal.SIGINT)

    def on_interrupt(number: int, frame: Any) -> None:
        if cancel.is_set():
            raise KeyboardInterrupt
        cancel.set()

    signal.signal(signal.SIGINT, on_interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before if before is not None else signal.default_int_handler)


def _stopped() -> Cancelled:
    return Cancelled("The run was stopped.", hint="What it had validated until then can still be accepted.")


def _step(flow: Flow[TaskFinished], reply: Reply | None, error: SmallCodeError | None) -> Event | Effect | None:
    """The next event or effect, or None at the end."""
    try:
        return flow.throw(error) if error is not None else flow.send(reply)
    except StopIteration:
        return None


def drive(flow: Flow[TaskFinished], perform: Perform, emit: Emit, *, cancel: threading.Event) -> TaskFinished:
    """Run to the end on this thread; returns the last event with its times filled in."""
    clock = _Clock()
    reply: Reply | None = None
    error: SmallCodeError | None = None
    last: Event | None = None
    is_cancelled = False
    while (step := _step(flow, reply, error)) is not None:
        reply = error = None
        if isinstance(step, EVENT_TYPES):
            last = clock.stamp(step)
            emit(last)
            continue
        if cancel.is_set() and not is_cancelled:
            is_cancelled = True
            error = _stopped()
            continue
        began = time.perf_counter()
        try:
            reply = perform(step, emit)
        except SmallCodeError as caught:
            error = caught
        clock.outside += time.perf_counter() - began
    assert isinstance(last, TaskFinished)
    return last


async def adrive(
    flow: Flow[TaskFinished], perform: Perform, emit: Emit, *, cancel: threading.Event
) -> TaskFinished:
    """The same, awaiting: effects run on a worker thread where they may; events are emitted on the caller's thread.

    `asyncio.CancelledError` counts as a stop: the run ends properly and its last event is returned.
    """
    clock = _Clock()
    reply: Reply | None = None
    error: SmallCodeError | None = None
    last: Event | None = None
    is_cancelled = False
    while (step := _step(flow, reply, error)) is not None:
        reply = error = None
        if isinstance(step, EVENT_TYPES):
            last = clock.stamp(step)
            emit(last)
            continue
        if cancel.is_set() and not is_cancelled:
            is_cancelled = True
            error = _stopped()
            continue
        began = time.perf_counter()
        try:
            if perform.needs_main_thread(step):
                reply = perform(step, emit)
            else:
                reply = await _in_thread(perform, step, emit, cancel)
        except SmallCodeError as caught:
            error = caught
        clock.outside += time.perf_counter() - began
    assert isinstance(last, TaskFinished)
    return last


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
