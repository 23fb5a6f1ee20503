"""`%smallcode compare`: a student's cell against what would pass. Below the top rung no code of that is shown."""

from __future__ import annotations

import json
import tempfile
import threading
import time
import uuid
from pathlib import Path
from typing import TYPE_CHECKING

from smallcode_jupyter.frontends.cells import trying_calls
from smallcode_jupyter.frontends.cells.testing import run_tests
from smallcode_jupyter.frontends.live import show
from smallcode_jupyter.protocol.changes import ChangeSet, FileChange
from smallcode_jupyter.protocol.checks import CheckReport
from smallcode_jupyter.protocol.errors import UsageError
from smallcode_jupyter.protocol.tutoring import TutorRecord
from smallcode_jupyter.render.diff import unified
from smallcode_jupyter.render.plain import one_line, plain

if TYPE_CHECKING:
    from smallcode_jupyter.frontends.notebook import Notebook
    from smallcode_jupyter.session.comparing import Input

__all__ = ["compare"]

_SECONDS = 20.0
_MOST_SHOWN = 5
_MARKS = {"passed": "✓", "failed": "✗", "unchecked": "–"}
_NAMES = {"syntax": "it is Python", "names": "all names are known", "trial": "it runs, and the examples hold"}
_NO_CHECKS = "Nothing here can judge an answer: give examples in the words, or asserts in a cell."
_NONE_PASSES = "No answer that passes was found to compare with: the checks above are all there is."
_MAY_ERR = (
    "The other answer is a small model's; where the checks say nothing it may be the one that is wrong."
)
_Seen = list[tuple[str, str]]


def compare(notebook: Notebook, words: str) -> None:
    """Show which checks the cell passes, and on which inputs it does otherwise than an answer that passes them all.

    Without words it is about the problem that was asked about last. Raises UsageError where there is no problem, or no
    cell.
    """
    from smallcode_jupyter.session.tutoring import attempt_of

    problem = words.strip() or notebook.session.tutor.latest
    if not problem:
        raise UsageError("There is no problem to compare with.", hint="%smallcode compare WORDS names one.")
    attempt = attempt_of(notebook.facts, problem)
    if not attempt:
        raise UsageError(
            "There is no cell of yours for this yet.", hint="Write one, run it, and compare then."
        )
    report = _checked(notebook, problem, attempt)
    parts = [f"Your cell: {one_line(attempt, 60)}", _checks_told(notebook, report)]
    if report.status == "unchecked":
        parts.append(_NO_CHECKS)
    else:
        notebook.tell("Looking for an answer that passes, to compare with. It is not shown.")
        parts.append(_difference(notebook, problem, attempt))
    text = plain("\n".join(parts))
    show(notebook.shell, text)
    _keep(notebook, problem, words, text)


def _checked(notebook: Notebook, problem: str, attempt: str) -> CheckReport:
    from smallcode_jupyter.session.tutoring import attempt_flow

    reports: list[CheckReport] = []
    notebook.session.perform(problem, lambda task: attempt_flow(task, attempt, reports))
    return reports[0] if reports else CheckReport()


def _checks_told(notebook: Notebook, report: CheckReport) -> str:
    lines = [
        f"{_MARKS[result.status]} {_NAMES.get(result.name, result.name)}"
        + (
            f": {result.passed} of {result.passed + result.failed} hold"
            if result.passed + result.failed
            else ""
        )
        + (f"\n    {result.detail}" if result.status == "failed" else "")
        for result in report.results
    ]
    tests = run_tests(notebook.shell, notebook.facts, notebook.session.root)
    return "\n".join([*lines, *([tests] if tests.startswith(tuple(_MARKS.values())) else [])])


def _difference(notebook: Notebook, problem: str, attempt: str) -> str:
    from smallcode_jupyter.session.comparing import inputs_for
    from smallcode_jupyter.session.tutoring import passing_flow

    found: list[str] = []
    notebook.session.perform(problem, lambda task: passing_flow(task, found))
    if not found:
        return _NONE_PASSES
    inputs = inputs_for(problem, attempt, found[0])
    mine, theirs = _tried(notebook, attempt, inputs), _tried(notebook, found[0], inputs)
    lines = [_inputs_told(inputs, mine, theirs), _MAY_ERR]
    if notebook.session.tutor.may_show_code(problem):
        lines.append(_code_told(attempt, found[0]))
    return "\n".join(lines)


def _tried(notebook: Notebook, source: str, inputs: tuple[Input, ...]) -> _Seen:
    """What the cell gives for each input, in a copy of the kernel; empty where that could not be seen."""
    mark = f"calls-{uuid.uuid4().hex}:"
    module = f"__import__({trying_calls.__name__!r}, fromlist=['report'])"
    code = f"{module}.report(get_ipython(), {source!r}, {inputs!r}, {mark!r})"
    with tempfile.TemporaryDirectory(prefix="smallcode-") as scratch:
        trial = notebook.facts.run_trial(
            code, seconds=_SECONDS, scratch=Path(scratch), cancel=threading.Event()
        )
    _, found, said = trial.stdout.rpartition(mark)
    return [(key, shown) for key, shown in json.loads(said.splitlines()[0])] if found and said.strip() else []


def _inputs_told(inputs: tuple[Input, ...], mine: _Seen, theirs: _Seen) -> str:
    if not inputs or not theirs:
        return "An answer that passes was found, but there are no inputs that both could be tried on."
    if not mine:
        return "An answer that passes was found; your cell did not come to its end on the same inputs."
    different = [
        (expression, own[1], other[1])
        for (_, expression), own, other in zip(inputs, mine, theirs, strict=True)
        if own[0] != other[0]
    ]
    if not different:
        return f"Against an answer that passes, on {len(inputs)} inputs: alike on all."
    head = f"Against an answer that passes, on {len(inputs)} inputs: different on {len(different)}."
    shown = sorted(different, key=lambda item: len(item[0]))[:_MOST_SHOWN]
    rows = [
        f"  {one_line(expression, 60)}   yours: {own}   the other: {other}"
        for expression, own, other in shown
    ]
    return "\n".join([head, *rows])


def _code_told(attempt: str, passing: str) -> str:
    change = FileChange(
        path="cell", before=attempt.rstrip() + "\n", after=passing.rstrip() + "\n", before_hash=None
    )
    return f"\nFrom yours to the other:\n{unified(ChangeSet(id='compare', files=(change,)))}"


def _keep(notebook: Notebook, problem: str, words: str, text: str) -> None:
    tutor = notebook.session.tutor
    policy = tutor.policy()
    if policy is not None:
        tutor.keep(
            TutorRecord(
                at=time.time(),
                run="",
                level=policy.level,
                kind="compare",
                problem=problem,
                words=words,
                said=text,
            )
        )
