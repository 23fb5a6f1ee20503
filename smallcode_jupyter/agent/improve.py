"""After a check: accept, repair, resample, nudge or stop. Pure.

A precise failure (a syntax error, an undefined name, an exception with its line) is repaired with its message, the line
marked. A wrong value is resampled: shown its own code and what came out, a small model writes the same code again, and
the prompt of a fresh answer is already in the server's cache. An answer that no check refuses is compared with further
ones, until enough of them behave alike.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from smallcode_jupyter.agent.guards import is_hopeless
from smallcode_jupyter.agent.opening import is_test_name
from smallcode_jupyter.agent.state import Attempt, RunState
from smallcode_jupyter.agent.voting import most_agreed, supporters, tells_apart
from smallcode_jupyter.protocol.changes import ChangeSet
from smallcode_jupyter.protocol.checks import CheckReport
from smallcode_jupyter.protocol.events import Strategy

__all__ = ["Decision", "after_check", "after_nothing", "asked_for", "format_after", "wants_pruning"]

_PRECISE = frozenset({"syntax", "names", "imports", "compile", "loading", "trial", "strength"})
_SAYS_WHAT = re.compile(
    r"Cannot find (?:module|package)|No module named|cannot import name|is not (?:defined|a function|exported)"
    r"|has no attribute|SyntaxError|NameError|ImportError|UnboundLocalError"
)
"""Failures of tests and examples that name the mistake: told so, a model mends it."""
_PLACE = re.compile(r"^\s*(?:at )?[\w./-]+(?:, line |:)\d+: ", re.MULTILINE)
_MOST_REPAIRS = 2
_HINTED = 3
"""Each time so many answers have failed, the next one is asked for with the last failure."""
_WANTS_FAILING = re.compile(
    r"\b(?:failing test|test that fails|reproduc\w+|regression test|tests? first|tdd)\b",
    re.IGNORECASE,
)
_FINAL = "the first answer stands"
_ENOUGH = 2
"""Answers that behave alike and end the search, as long as no more than one differs; otherwise one more is wanted."""
_MANY_CASES = 5
"""Tests of the person's that passed and need no second opinion."""
_ASKED = 2
"""A cell that ran, and something that the words say of its results: no second opinion either."""
_MANY_NAMED = 4
"""Things that the words name, all of them there: a page that has them needs no second opinion, either."""
_MOST_ANSWERS = 5
"""Answers from the first that no check refused; the vote is taken then."""
_MOST_COMPLETED = 2
"""Times that a step's answer is asked for again because it lacks names of its words."""
_MOST_REFUSED = 2
"""Answers drawn for comparison that a check refuses: nothing speaks against the one that it does not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What comes next."""

    strategy: Strategy
    reason: str
    temperature: float = 0.0
    base: Attempt | None = None
    """What is to be repaired."""
    hint: str = ""
    """What was wrong with an answer, for one that is drawn again."""


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
        refused = sum(not attempt.is_fine for attempt in compared)
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
    base = _to_repair(state)
    repairs = sum(attempt.is_repair for attempt in state.attempts)
    if base is not None and _is_precise(base.report) and repairs < _MOST_REPAIRS:
        return Decision(strategy="repair", reason=what, temperature=_step(state, 0), base=base)
    hint = failure.detail if failures % _HINTED == 0 else ""
    return Decision(strategy="resample", reason=what, temperature=_step(state, failures - 1), hint=hint)


def format_after(state: RunState, report: CheckReport) -> RunState:
    """How to ask for the file next: whole, where an import leads nowhere, as merging definitions keeps the imports."""
    failure = report.first_failure
    if failure is None or failure.name != "imports" or state.edit_format != "definitions":
        return state
    return replace(state, edit_format="whole", answer_tokens=state.task.limits.answer_tokens)


def _to_repair(state: RunState) -> Attempt | None:
    """The last of the best attempts that was not shown to the model yet: shown again, it answers the same again."""
    return next((attempt for attempt in reversed(state.leaders) if attempt.label not in state.repaired), None)


def _is_precise(report: CheckReport) -> bool:
    """Whether its failure says what is to be mended, or where. Of others the model writes the same code again."""
    failure = report.first_failure
    return failure is not None and (
        failure.name in _PRECISE
        or _SAYS_WHAT.search(failure.detail) is not None
        or _PLACE.search(failure.detail) is not None
    )


def _after_success(state: RunState, report: CheckReport) -> Decision:
    """Take it, or ask once more to see whether another answer does the same."""
    missing = state.attempts[-1].missing
    if missing and not _is_final(state) and not state.spent.limit_reached(state.task.limits):
        reason = f"{', '.join(missing)} had to be left out"
        return Decision(strategy="resample", reason=reason, temperature=_step(state, len(state.attempts) - 1))
    lacking = next((r.detail for r in report.results if r.name == "named" and r.failed), "")
    if lacking and _may_complete(state):
        return Decision(
            strategy="resample",
            reason=lacking,
            temperature=_step(state, len(state.attempts) - 1),
            hint=lacking,
        )
    verdict = "the checks pass" if report.status == "passed" else "nothing here can judge it"
    behaviours = [attempt.behaviour for attempt in state.leaders if attempt.behaviour]
    is_tested = any(
        (r.name == "tests" and r.passed >= _MANY_CASES)
        or (r.name == "named" and r.passed >= _MANY_NAMED and not r.failed)
        or (r.name == "trial" and r.passed >= _ASKED)
        for r in report.results
    )
    if not behaviours or is_tested or _is_final(state):
        return Decision(strategy="accept", reason=verdict)
    chosen = most_agreed(behaviours)
    alike = supporters(behaviours, chosen)
    found = f"{verdict}; {alike} of {len(behaviours)} answers behave alike"
    best = state.best
    if best is not None and best.breaks and alike >= _ENOUGH and not _was_hardened(state):
        return Decision(strategy="repair", reason=f"{found}, and break: {best.breaks[0][:120]}", base=best)
    is_convincing = tells_apart(behaviours[chosen]) and len(behaviours) - alike <= 1
    is_enough = alike > _ENOUGH or (alike >= _ENOUGH and is_convincing)
    is_last = len(_compared(state)) + 1 >= _MOST_ANSWERS or bool(state.spent.limit_reached(state.task.limits))
    if is_enough or is_last:
        return Decision(strategy="accept", reason=found)
    wanted = verdict if len(behaviours) == 1 else found
    return Decision(
        strategy="resample",
        reason=f"{wanted}: does another answer do the same?",
        temperature=_step(state, len(behaviours) - 1),
    )


def _may_complete(state: RunState) -> bool:
    """Whether a step's answer that lacks what its words name is asked for once more."""
    return (
        state.step is not None
        and bool(state.step.words)
        and not _is_final(state)
        and not state.spent.limit_reached(state.task.limits)
        and len(state.attempts) <= _MOST_COMPLETED
    )


def _compared(state: RunState) -> tuple[Attempt, ...]:
    """The attempts after the first that no check refused."""
    fine = (place for place, attempt in enumerate(state.attempts) if attempt.is_fine)
    first = next(fine, None)
    return () if first is None else state.attempts[first + 1 :]


def _was_hardened(state: RunState) -> bool:
    """Whether an answer that no check refuses was asked once to handle what it breaks on."""
    return (
        any(attempt.is_repair for attempt in state.attempts if attempt.is_fine)
        or state.spent.calls + 1 >= state.task.limits.calls
    )


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
        and all(is_test_name(change.path) for change in changes.files)
        and not _is_final(state)
        and _WANTS_FAILING.search(state.task.words) is None
    )


def asked_for(words: str, tests: tuple[str, ...]) -> tuple[str, ...]:
    """Those of the tests, such as "test_limit" or "TestLimit.test_limit", that the person's words name."""
    names = {test: re.sub(r"^\w+\.(?=\w+$)", "", test) for test in tests}
    return tuple(test for test, name in names.items() if re.search(rf"\b{re.escape(name)}\b", words))


def after_nothing(state: RunState, why: str, *, is_worth_saying: bool) -> Decision:
    """What to do after an answer with nothing usable in it.

    `is_worth_saying`: whether being told helps. An empty answer, or the old text written back, comes again when the
    model is told so at the same temperature: these are drawn again at once.
    """
    limit = state.spent.limit_reached(state.task.limits)
    if limit or _is_final(state):
        return Decision(strategy="stop", reason=limit or _FINAL)
    has_fine = any(attempt.is_fine for attempt in state.attempts)
    if state.repair is not None and has_fine:
        return Decision(strategy="stop", reason=f"{why}: what no check refused stands")
    refused = sum(not attempt.is_fine for attempt in _compared(state)) if has_fine else None
    if is_hopeless(state.nudges + 1, refused=refused):
        return Decision(strategy="stop", reason=f"{why} ({state.nudges + 1} times)")
    temperature = _step(state, state.nudges)
    if state.nudges == 0 and is_worth_saying:
        return Decision(strategy="nudge", reason=why, temperature=state.info.profile.temperature)
    return Decision(strategy="resample", reason=why, temperature=temperature)
