"""After a check: accept, repair, resample, nudge or stop. Pure.

A precise failure (a syntax error, an undefined name, an exception in the cell) is repaired with its message. A wrong
value is first resampled: at this model size a fresh answer is as good as a repair, and its prompt is already in the
server's cache. An answer that no check refuses is compared with further ones, until enough of them behave alike.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from smallcode_jupyter.agent.state import Attempt, RunState
from smallcode_jupyter.agent.voting import most_agreed, supporters
from smallcode_jupyter.protocol.changes import ChangeSet
from smallcode_jupyter.protocol.checks import CheckReport
from smallcode_jupyter.protocol.events import Strategy

__all__ = ["Decision", "after_check", "after_nothing", "wants_pruning"]

_PRECISE = frozenset({"syntax", "names", "compile", "trial", "strength"})
_SAYS_WHAT = re.compile(
    r"Cannot find (?:module|package)|No module named|cannot import name|is not (?:defined|a function|exported)"
    r"|has no attribute|SyntaxError|NameError|ImportError|UnboundLocalError"
)
"""Failures of tests and examples that name the mistake: told so, a model mends it."""
_MAX_NUDGES = 3
_TEST_FILE = re.compile(
    r"(?:^|/)(?:test_[^/]*|[^/]*_test|tests?)\.py$|[.\-_]test\.[cm]?[jt]s$|(?:^|/)test\.[cm]?js$"
)
_WANTS_FAILING = re.compile(
    r"\b(?:failing test|test that fails|reproduc\w+|regression test|tests? first|tdd)\b",
    re.IGNORECASE,
)
_FINAL = "the first answer stands"
_ENOUGH = 2
"""Answers that behave alike and end the search, as long as no more than one differs; otherwise one more is wanted."""
_MANY_CASES = 5
"""Tests of the person's that passed and need no second opinion."""
_MOST_ANSWERS = 5
"""Answers from the first that no check refused; the vote is taken then."""
_MOST_REFUSED = 2
"""Answers drawn for comparison that a check refuses: nothing speaks against the one that it does not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What comes next."""

    strategy: Strategy
    reason: str
    temperature: float = 0.0


def _is_final(state: RunState) -> bool:
    return "improve" in state.task.without


def _step(state: RunState, index: int) -> float:
    steps = state.info.profile.temperature_steps
    return steps[min(index, len(steps) - 1)] if steps else state.info.profile.temperature


def after_check(state: RunState, report: CheckReport) -> Decision:
    """What to do with the attempt that `report` judged, the last one in `state.attempts`."""
    if report.status != "failed":
        return _after_success(state, report)
    limit = state.spent.limit_reached(state.task.limits)
    if limit or _is_final(state):
        return Decision(strategy="stop", reason=limit or _FINAL)
    failure = report.first_failure
    assert failure is not None
    what = f"{failure.name} failed"
    compared = _compared(state)
    if compared:
        refused = sum(attempt.report.status == "failed" for attempt in compared)
        if refused >= _MOST_REFUSED:
            return Decision(strategy="accept", reason=f"{refused} other answers fail")
        return Decision(
            strategy="resample", reason=f"{what} in another answer", temperature=_step(state, refused)
        )
    failures = len(state.attempts)
    if _is_repeat(state.attempts):
        return Decision(
            strategy="resample", reason=f"{what}, the same change again", temperature=_step(state, failures)
        )
    repairs = sum(attempt.is_repair for attempt in state.attempts)
    is_precise = failure.name in _PRECISE or _SAYS_WHAT.search(failure.detail) is not None
    if is_precise and repairs < 2:
        return Decision(strategy="repair", reason=what, temperature=0.0)
    if failures % 3 == 0:
        return Decision(strategy="repair", reason=what, temperature=_step(state, 0))
    return Decision(strategy="resample", reason=what, temperature=_step(state, failures - 1))


def _after_success(state: RunState, report: CheckReport) -> Decision:
    """Take it, or ask once more to see whether another answer does the same."""
    verdict = "the checks pass" if report.status == "passed" else "nothing here can judge it"
    behaviours = [attempt.behaviour for attempt in state.leaders if attempt.behaviour]
    is_tested = any(r.name == "tests" and r.passed >= _MANY_CASES for r in report.results)
    if not behaviours or is_tested or _is_final(state):
        return Decision(strategy="accept", reason=verdict)
    alike = supporters(behaviours, most_agreed(behaviours))
    found = f"{verdict}; {alike} of {len(behaviours)} answers behave alike"
    best = state.best
    if best is not None and best.breaks and alike >= _ENOUGH and not _was_hardened(state):
        return Decision(strategy="repair", reason=f"{found}, and break: {best.breaks[0][:120]}")
    is_enough = alike >= _ENOUGH and (alike > _ENOUGH or len(behaviours) - alike <= 1)
    is_last = len(_compared(state)) + 1 >= _MOST_ANSWERS or bool(state.spent.limit_reached(state.task.limits))
    if is_enough or is_last:
        return Decision(strategy="accept", reason=found)
    wanted = verdict if len(behaviours) == 1 else found
    return Decision(
        strategy="resample",
        reason=f"{wanted}: does another answer do the same?",
        temperature=_step(state, len(behaviours) - 1),
    )


def _compared(state: RunState) -> tuple[Attempt, ...]:
    """The attempts after the first that no check refused."""
    fine = (place for place, attempt in enumerate(state.attempts) if attempt.report.status != "failed")
    first = next(fine, None)
    return () if first is None else state.attempts[first + 1 :]


def _was_hardened(state: RunState) -> bool:
    """Whether an answer that no check refuses was asked once to handle what it breaks on."""
    fine = [attempt for attempt in state.attempts if attempt.report.status != "failed"]
    return any(attempt.is_repair for attempt in fine) or state.spent.calls + 1 >= state.task.limits.calls


def _is_repeat(attempts: tuple[Attempt, ...]) -> bool:
    """Whether the last attempt changed exactly what an earlier one did."""
    if not attempts:
        return False
    last = [(change.path, change.after) for change in attempts[-1].changes.files]
    return any([(c.path, c.after) for c in attempt.changes.files] == last for attempt in attempts[:-1])


def wants_pruning(state: RunState, changes: ChangeSet, report: CheckReport) -> bool:
    """Whether tests were written for code that stays, and some fail: most likely what they expect was guessed wrong."""
    failure = report.first_failure
    return (
        failure is not None
        and failure.name == "tests"
        and all(_TEST_FILE.search(change.path) for change in changes.files)
        and not _is_final(state)
        and _WANTS_FAILING.search(state.task.words) is None
    )


def after_nothing(state: RunState, why: str, *, is_worth_saying: bool) -> Decision:
    """What to do after an answer with nothing usable in it.

    `is_worth_saying`: whether being told helps. An empty answer, or the old text written back, comes again when the
    model is told so at the same temperature: these are drawn again at once.
    """
    limit = state.spent.limit_reached(state.task.limits)
    if limit or _is_final(state):
        return Decision(strategy="stop", reason=limit or _FINAL)
    if state.nudges >= _MAX_NUDGES:
        return Decision(strategy="stop", reason=f"{why} ({state.nudges + 1} times)")
    temperature = _step(state, state.nudges)
    if state.nudges == 0 and is_worth_saying:
        return Decision(strategy="nudge", reason=why, temperature=state.info.profile.temperature)
    return Decision(strategy="resample", reason=why, temperature=temperature)
