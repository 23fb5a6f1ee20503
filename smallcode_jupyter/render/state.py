"""What is shown of a run, as one frozen value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from smallcode_jupyter.protocol.changes import ChangeSet
from smallcode_jupyter.protocol.checks import CheckReport
from smallcode_jupyter.protocol.events import PlanStep, TaskFinished
from smallcode_jupyter.protocol.tasks import Surface
from smallcode_jupyter.render import words as say

__all__ = ["Detail", "Meter", "Step", "StepStatus", "ViewState"]

StepStatus = Literal["running", "ok", "failed", "note", "stopped"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Detail:
    """Something folded under a step."""

    title: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One line of the run."""

    key: str
    """Pairs a start with its end: `model:1`, `tool:call_1`."""
    icon: str
    words: str
    status: StepStatus
    started: float
    """Seconds since the epoch."""
    seconds: float = 0.0
    """0 while it runs, and for what takes no time."""
    details: tuple[Detail, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Meter:
    """What the run has used."""

    prompt_tokens: int = 0
    completion_tokens: int = 0
    cached_tokens: int = 0
    writing_seconds: float = 0.0
    """Time from each answer's first token to its last."""
    context_used: int = 0
    context_window: int = 0
    """0 until it is known."""
    is_estimated: bool = False

    @property
    def tokens_per_second(self) -> float:
        """Of writing; 0 where too little was written to tell."""
        return self.completion_tokens / self.writing_seconds if self.writing_seconds > 0.05 else 0.0

    def footer(self, seconds: float) -> str:
        """The meter on one line."""
        about = "about " if self.is_estimated else ""
        cached = f" ({self.cached_tokens:,} from cache)" if self.cached_tokens else ""
        parts = [f"{about}{self.prompt_tokens:,} tokens read{cached}", f"{self.completion_tokens:,} written"]
        if self.tokens_per_second:
            parts.append(f"{self.tokens_per_second:.1f} tokens/s")
        if self.context_window:
            unit = 1024 if self.context_window % 1024 == 0 else 1000
            used, window = say.thousands(self.context_used, unit), say.thousands(self.context_window, unit)
            parts.append(f"context {used}/{window}")
        return " · ".join([*parts, say.duration(seconds)])


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewState:
    """All that is shown of a run. The empty one stands for a run about to start."""

    run: str = ""
    words: str = ""
    model: str = ""
    surface: Surface = "files"
    steps: tuple[Step, ...] = ()
    """The latest ones, in order."""
    folded_steps: int = 0
    """Earlier steps that are no longer in `steps`."""
    stream: str = ""
    """The end of the answer being written; empty between answers."""
    reasoning: str = ""
    """The end of the reasoning being written."""
    stream_cut: int = 0
    """Characters of this answer that are no longer in `stream`."""
    plan: tuple[PlanStep, ...] = ()
    meter: Meter = Meter()
    changes: ChangeSet | None = None
    """The latest proposal, or None before there is one."""
    report: CheckReport | None = None
    """The verdicts on the proposal."""
    finished: TaskFinished | None = None
    """None while the run goes on."""
    started: float = 0.0
    at: float = 0.0
    """Time of the latest event."""

    @property
    def seconds(self) -> float:
        """How long it took, or has taken up to the latest event."""
        if self.finished is not None and self.finished.seconds:
            return self.finished.seconds
        return max(0.0, self.at - self.started)
