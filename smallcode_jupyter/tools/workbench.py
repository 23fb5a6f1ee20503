"""What the tools work with, and what each gives back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from threading import Event
from typing import Literal, Protocol

from smallcode_jupyter.index.code_index import CodeIndex
from smallcode_jupyter.protocol.checks import CheckResult
from smallcode_jupyter.protocol.errors import Problem
from smallcode_jupyter.protocol.tasks import Policy
from smallcode_jupyter.protocol.tools import Json
from smallcode_jupyter.sandbox.policy import TrialReport
from smallcode_jupyter.workspace.paths import is_cell_path, resolve_path
from smallcode_jupyter.workspace.staging import Staging

__all__ = [
    "OUTPUT",
    "Answer",
    "Approver",
    "Arguments",
    "CodeRunner",
    "Handler",
    "TestRunner",
    "Workbench",
    "denied",
]

OUTPUT = "output:"
"""Begins the names of answers that are kept."""
_MOST_OUTPUTS = 40
Arguments = Mapping[str, Json]
"""Of one call, checked against the tool's parameters."""
Approver = Callable[[str], bool]
"""Asks the person a question; whether they said yes."""
TestRunner = Callable[[str, Event], CheckResult | None]
"""Runs the tests of a path (empty: all) on the staged state; None where there are none."""


class CodeRunner(Protocol):
    """Tries code on the live variables, or in a fresh process."""

    def run(self, code: str, cancel: Event) -> TrialReport:
        """What the code does in a copy."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a tool gives back."""

    content: str
    """For the model; cut to size afterwards."""
    hint: str = ""
    """The call that shows what was cut, `{line}` for the first line missing. Empty: what was cut is kept for it."""
    first: int = 1
    """Number of the first line of `content` as `hint` counts."""
    display: str = ""
    """For the person, where that differs."""
    changed: tuple[str, ...] = ()
    status: Literal["ok", "error", "denied"] = "ok"
    problem: Problem | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Workbench:
    """One run's things."""

    staging: Staging
    policy: Policy = "trial"
    code_runner: CodeRunner | None = None
    """None where there is nothing to run code in."""
    test_runner: TestRunner | None = None
    approver: Approver | None = None
    """None where nobody can be asked."""
    command_seconds: float = 60.0
    words: str = ""
    """What the person asked for."""
    index: CodeIndex | None = None
    """None where the workspace is not indexed."""
    outputs: dict[str, str] = field(default_factory=dict)
    """Long answers as they were, by the name under which `read_file` shows them: `output:7`. The oldest go first."""

    cells_seen: dict[tuple[str, str], str] = field(default_factory=dict)
    """By notebook and cell id: the hash of the source that was shown last."""

    def keep_output(self, call_id: str, text: str) -> str:
        """Keep a long answer; the name under which it is found."""
        name = f"{OUTPUT}{call_id.removeprefix('call_')}"
        self.outputs[name] = text
        if len(self.outputs) > _MOST_OUTPUTS:
            del self.outputs[next(iter(self.outputs))]
        return name

    def name_of(self, path: str) -> str:
        """The path as the workspace names it. Raises OutsideWorkspace."""
        if is_cell_path(path):
            return path
        return resolve_path(self.staging.root, path).relative_to(self.staging.root).as_posix()


Handler = Callable[[Workbench, Arguments, Event], Answer]
"""Performs a tool. May raise; the toolbox turns that into a result."""


def denied(what: str, *, why: str = "", hint: str = "") -> Answer:
    """The answer to what is not allowed."""
    problem = Problem(code="denied", what=what, why=why, hint=hint)
    return Answer(content=str(problem), status="denied", problem=problem)
