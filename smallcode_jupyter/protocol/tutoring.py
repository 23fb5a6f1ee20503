"""Teaching: how much of an answer a student may be given, and what was given."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

__all__ = ["RUNGS", "HintWish", "Level", "Rung", "TutorPolicy", "TutorRecord"]

Rung = Literal["question", "pointer", "pseudo-code", "code"]
"""How much a hint gives away, the least first."""
RUNGS: tuple[Rung, ...] = get_args(Rung)

Level = Literal["hints", "no-code", "off"]
"""`hints`: the whole ladder, code last. `no-code`: never code. `off`: no assistant."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TutorPolicy:
    """What the teacher allows."""

    level: Level
    may_skip: bool = False
    """Whether a student may name a rung instead of climbing to it."""
    words: str = ""
    """What the teacher wants the model to know; empty if nothing."""
    source: str = ""
    """Where it stands: `TUTOR.md`, `the notebook`, or both."""
    problem: str = ""
    """What in it was not understood, a sentence; empty if nothing."""

    @property
    def rungs(self) -> tuple[Rung, ...]:
        """The rungs of this level, the lowest first."""
        return {"hints": RUNGS, "no-code": RUNGS[:-1], "off": ()}[self.level]


@dataclass(frozen=True, slots=True, kw_only=True)
class HintWish:
    """One hint that is due."""

    problem: str
    """The student's words when they first asked about it."""
    rung: Rung
    policy: TutorPolicy
    attempt: str = ""
    """The student's cell as it ran last; empty if there is none."""
    is_first: bool = False
    """Whether it is the first hint here."""
    was_refused: bool = False
    """Whether another rung was asked for than may be given."""

    @property
    def next_rung(self) -> Rung | None:
        """What the next request gets; None at the top."""
        rungs = self.policy.rungs
        place = rungs.index(self.rung) + 1
        return rungs[place] if place < len(rungs) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class TutorRecord:
    """One line of what the teacher reads afterwards."""

    at: float
    """Seconds since the epoch."""
    run: str
    """Names the trace; empty where there is none."""
    level: Level
    kind: Literal["hint", "compare"]
    problem: str
    words: str
    """What the student typed this time."""
    rung: Rung | None = None
    """Of a hint."""
    said: str = ""
    """What the student was shown."""
