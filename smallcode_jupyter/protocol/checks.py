"""Validation: what is to be checked, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

__all__ = ["CheckReport", "CheckRequest", "CheckResult", "CheckStatus"]

CheckStatus = Literal["passed", "failed", "unchecked"]
"""`unchecked`: nothing could judge it. Never counted as passed."""


_FORMAL = frozenset({"syntax", "compile", "page", "names", "import", "loading", "protected"})
"""Checks that a wrong program passes, too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckRequest:
    """Check the staged state."""

    paths: tuple[str, ...]
    """Staged paths that changed, `cell:next` among them for notebook code."""
    words: str
    """The task's words: examples in them become checks."""
    is_step: bool = False
    """Whether other files are still to follow: only what these files show by themselves is checked."""
    about: str = ""
    """The path that the words are about, where it is this one alone: names in them are looked for there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckResult:
    """One checker's verdict."""

    name: str
    """`syntax`, `trial`, `examples`, `tests`, ..."""
    status: CheckStatus
    target: str
    """What was checked: a path, a test command."""
    passed: int = 0
    """Cases that held."""
    failed: int = 0
    """Cases that did not."""
    detail: str = ""
    """For the model: the failing case, expected and got, trimmed to what matters."""
    display: str = ""
    """For the person: the whole output, capped."""
    seconds: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckReport:
    """All verdicts on one staged state."""

    results: tuple[CheckResult, ...] = ()

    @property
    def status(self) -> CheckStatus:
        """Failed if any failed; passed if any passed beyond mere syntax or import; otherwise unchecked."""
        if any(result.status == "failed" for result in self.results):
            return "failed"
        if any(result.status == "passed" and result.name not in _FORMAL for result in self.results):
            return "passed"
        return "unchecked"

    @property
    def score(self) -> tuple[int, float]:
        """Orders states: (checkers without failure minus with, share of passed cases). Larger is better."""
        failures = sum(result.status == "failed" for result in self.results)
        passed = sum(result.passed for result in self.results)
        failed = sum(result.failed for result in self.results)
        successes = sum(result.status == "passed" for result in self.results)
        return (successes - 2 * failures, passed / (passed + failed) if passed + failed else 0.0)

    @property
    def first_failure(self) -> CheckResult | None:
        """The verdict to repair first, or None."""
        return next((result for result in self.results if result.status == "failed"), None)
