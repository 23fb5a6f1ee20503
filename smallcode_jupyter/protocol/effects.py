"""What the loop asks the outside world to do. The driver performs each and sends back its reply.

| effect | reply |
|---|---|
| `OpenModel` | `model.ModelInfo` |
| `GatherContext` | `tasks.Context` |
| `Focus` | `Focused` |
| `CountTokens` | `tuple[int, ...]` |
| `AskModel` | `model.ModelReply` |
| `RunTool` | `tools.ToolResult` |
| `RunCheck` | `checks.CheckReport` |
| `Stage` | `StageReport` |
| `Observe` | `Behaviour` |
| `DropFailing` | `Dropped` |
| `AskUser` | `Answer` |

A `SmallCodeError` that performing raises is thrown into the loop at its `yield`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from smallcode_jupyter.protocol.changes import ChangeSet
from smallcode_jupyter.protocol.checks import CheckReport, CheckRequest
from smallcode_jupyter.protocol.errors import Problem
from smallcode_jupyter.protocol.model import ModelInfo, ModelReply, ModelRequest
from smallcode_jupyter.protocol.tasks import Context, ContextItem, Task
from smallcode_jupyter.protocol.tools import ToolCall, ToolResult

__all__ = [
    "Answer",
    "AskModel",
    "AskUser",
    "Behaviour",
    "CountTokens",
    "DropFailing",
    "Dropped",
    "Effect",
    "Focus",
    "Focused",
    "GatherContext",
    "Observe",
    "OpenModel",
    "Reply",
    "RunCheck",
    "RunTool",
    "Stage",
    "StageReport",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenModel:
    """Find the model, starting the embedded server if need be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GatherContext:
    """Look at the workspace (and the notebook) for what the task needs."""

    task: Task


@dataclass(frozen=True, slots=True, kw_only=True)
class Focus:
    """Look at one file as it is staged now, and at what it needs of others."""

    path: str
    words: str
    """The task's words: signatures that they are about are shown first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Focused:
    """The file (no item where it is still to be made), then signatures of what it needs, a file an item."""

    items: tuple[ContextItem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CountTokens:
    """Count each text with the server's tokenizer where it has one."""

    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AskModel:
    """Ask the model; deltas become events on the way."""

    request: ModelRequest
    is_quiet: bool = False
    """Whether the pieces of the answer are told to nobody: it is looked through first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunTool:
    """Run one tool call against the staged copy."""

    call: ToolCall


@dataclass(frozen=True, slots=True, kw_only=True)
class RunCheck:
    """Validate the staged state."""

    request: CheckRequest


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """Work on the staged copy as a whole.

    `save` remembers it under `label`, `restore` brings that state back, `collect` only reports.
    """

    action: Literal["save", "restore", "collect"]
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StageReport:
    """What is staged now."""

    changes: ChangeSet


@dataclass(frozen=True, slots=True, kw_only=True)
class Observe:
    """Run what is staged on inputs made for this task, the same for every attempt; nothing is judged."""

    paths: tuple[str, ...]
    """Staged paths that changed."""
    words: str
    """The task's words: inputs are made from what they show."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Behaviour:
    """What a staged state did on each input."""

    outcomes: tuple[str, ...] = ()
    """One text an input, in one order for the whole run; equal texts mean equal behaviour. Empty where nothing could
    be run. `raised ...`: the input was refused. `broke ...`: an exception that nobody meant, or no end."""
    breaks: tuple[str, ...] = ()
    """The first few calls that broke, and how, in words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DropFailing:
    """Take the tests that fail out of these staged test files, as long as others are left."""

    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dropped:
    """What was taken out."""

    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AskUser:
    """Ask the person; only policies that say so lead here."""

    question: str
    choices: tuple[str, ...]
    default: str
    """Taken where nobody can be asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the person chose."""

    choice: str
    problem: Problem | None = None
    """Why nobody could be asked, or None."""


Effect = (
    OpenModel
    | GatherContext
    | Focus
    | CountTokens
    | AskModel
    | RunTool
    | RunCheck
    | Stage
    | Observe
    | DropFailing
    | AskUser
)
Reply = (
    ModelInfo
    | Context
    | Focused
    | tuple[int, ...]
    | ModelReply
    | ToolResult
    | CheckReport
    | StageReport
    | Behaviour
    | Dropped
    | Answer
)
