"""What the parts of the loop share: the generator type, and the way a run ends."""

from __future__ import annotations

from collections.abc import Generator
from typing import TypeVar

from smallcode_jupyter.protocol.effects import Effect, Reply
from smallcode_jupyter.protocol.errors import Problem
from smallcode_jupyter.protocol.events import Event, Outcome

__all__ = ["Done", "Flow"]

T = TypeVar("T")
Flow = Generator[Event | Effect, Reply | None, T]
"""Yields events (no reply) and effects (replied to as `protocol.effects` says)."""


class Done(Exception):
    """Ends the turns; carries how. Never leaves `run_task`."""

    def __init__(
        self, outcome: Outcome, reason: str, *, answer: str = "", problem: Problem | None = None
    ) -> None:
        super().__init__(reason)
        self.outcome: Outcome = outcome
        self.reason, self.answer, self.problem = reason, answer, problem
