"""A run of tests: what is to be run, and what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from smallcode_jupyter.checks.faults import Fault
from smallcode_jupyter.checks.outcomes import Outcome
from smallcode_jupyter.sandbox.policy import ProcessResult

__all__ = ["Runner", "TestPlan", "TestRun", "added", "shown_command"]

Runner = Literal["pytest", "unittest", "node", "vitest", "jest", "mocha", "go", "rust"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TestPlan:
    """Which tests to run, and with what."""

    __test__ = False  # for pytest, which collects what is called Test...

    runner: Runner
    targets: tuple[str, ...] = ()
    """The test files to run, those that the change concerns. Of Go and Rust the files whose packages' tests are run."""
    is_selection: bool = False
    """Whether `targets` are those that the change concerns; False if they are all there are."""
    needs_pytest: bool = False
    """Whether one of them is written for pytest, so that unittest cannot run it."""
    arguments: tuple[str, ...] = ()
    """Of node: the options that the project's test script gives it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TestRun:
    """Tests, built where need be, and run up to the first program that fails."""

    __test__ = False

    command: str
    """As a person would type it."""
    result: ProcessResult | None = None
    """The last process; None where none was started."""
    outcome: Outcome | None = None
    """None where the tests did not get to their end."""
    faults: tuple[Fault, ...] = ()
    """Why they do not compile."""
    reason: str = ""
    """Why they could not be run; empty where they were."""


def added(outcomes: Sequence[Outcome]) -> Outcome:
    """The counts of several runs without failures."""
    return Outcome(
        passed=sum(outcome.passed for outcome in outcomes),
        skipped=sum(outcome.skipped for outcome in outcomes),
    )


def shown_command(program: str, targets: Sequence[str]) -> str:
    """The command with its first few files."""
    names = " ".join(targets[:3])
    return f"{program} {names}" + (f" and {len(targets) - 3} more" if len(targets) > 3 else "")
