"""What the tools work with, and what each gives back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from threading import Event
from typing import Literal, Protocol

from smallcode_jupyter.protocol.checks import CheckResult
from smallcode_jupyter.protocol.errors import Problem
from smallcode_jupyter.protocol.tasks import Policy
from smallcode_jupyter.protocol.tools import Json
from smallcode_jupyter.sandbox.policy import TrialReport
from smallcode_jupyter.workspace.paths import is_cell_path, resolve_path
from smallcode_jupyter.workspace.staging import Staging

__all__ = ["Answer", "Approver", "Arguments", "CodeRunner", "Handler", "TestRunner", "Workbench", "denied"]

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
    """How the model sees what was cut; `{line}` is the first line missing."""
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
