"""A task, what is allowed for it, and what is known before the model is asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

__all__ = [
    "TECHNIQUES",
    "Context",
    "ContextItem",
    "ContextKind",
    "FoundFile",
    "Limits",
    "Policy",
    "Surface",
    "Task",
    "Technique",
]

Surface = Literal["files", "notebook"]
"""Whether the result is files in a folder, or code for the next notebook cell (files may change too)."""

Policy = Literal["ask", "trial", "auto", "plan"]
"""`trial`: try, then show (default). `ask`: ask before each command. `auto`: accept what validated.
`plan`: read only."""

Technique = Literal["parsing", "routing", "budget", "improve", "selection", "index", "plan", "trial"]
"""What can be switched off to measure its worth. `parsing`: understanding imperfect answers. `routing`: tools by
category. `budget`: planning what fits. `improve`: second attempts. `selection`: comparing answers by what they do.
`index`: finding files that the words do not name. `plan`: work on several files in steps, one file at a time; it needs
`index`. `trial`: running what was written."""
TECHNIQUES: tuple[Technique, ...] = get_args(Technique)

ContextKind = Literal["file", "listing", "cell", "error", "variables", "outline"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one run may spend. The first one reached ends it."""

    calls: int = 8
    """Questions to the model; half as many for each file of a plan, and for each of two repairs of the whole."""
    tokens: int = 60_000
    """Prompt tokens read plus tokens written; cached prompt tokens count a tenth."""
    seconds: float = 300.0
    answer_tokens: int = 2_048
    """Longest single answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What the person asked for."""

    id: str
    words: str
    """Literally as typed."""
    surface: Surface = "files"
    policy: Policy = "trial"
    limits: Limits = Limits()
    without: tuple[Technique, ...] = ()
    """Techniques that are switched off."""
    seed: int = 0
    """Runs with different seeds draw different samples; only above temperature 0 does it matter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContextItem:
    """Something the model may be shown."""

    kind: ContextKind
    name: str
    """A path, a cell id, or a title."""
    text: str
    reason: str
    """Why it was chosen, in the person's words: `named in the task`, `only file here`."""
    weight: float = 1.0
    """Higher stays longer when space runs out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundFile:
    """A file that the task may be about, as the index knows it."""

    path: str
    score: float
    reasons: tuple[str, ...] = ()
    """Why, the weightiest first: `defines RateTable.find_rate`, `imports src/rates.py`."""
    is_test: bool = False
    defines: tuple[str, ...] = ()
    """What the words name and it defines."""
    uses: tuple[str, ...] = ()
    """What the words name as code, other files define, and it calls, extends or mentions."""
    imports: tuple[str, ...] = ()
    """Which other files of the workspace it imports."""
    tests: str = ""
    """What it tests: a file that the words name, or that defines what they name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """All that was gathered for a task, most wanted first."""

    items: tuple[ContextItem, ...] = ()
    paths: tuple[str, ...] = ()
    """Every text file of the workspace, capped; relative, with `/`."""
    is_complete: bool = True
    """False where the workspace has more files than were listed."""
    test_runner: str = ""
    """`pytest`, `unittest`, or empty if none was found."""
    left_out: tuple[str, ...] = ()
    """Names of items that would be here, had the person not taken them out."""
    found: tuple[FoundFile, ...] = ()
    """What the index finds for the words, best first; empty where there is none."""
