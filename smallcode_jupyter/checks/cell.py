"""Trying a cell in a copy of the kernel, with what the task's words say that must hold afterwards."""

from __future__ import annotations

import ast
import re
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from smallcode_jupyter.checks.extract import Group, Step, word_groups
from smallcode_jupyter.checks.prose import PYTHON, find_value_examples
from smallcode_jupyter.checks.scenarios import find_scenarios
from smallcode_jupyter.checks.subjects import LET, python_subjects
from smallcode_jupyter.checks.syntax import mask_magics
from smallcode_jupyter.checks.trim import around, shorten, trim_detail, trim_display
from smallcode_jupyter.checks.values import read_literal
from smallcode_jupyter.checks.wanted import required_columns, required_kinds, required_names
from smallcode_jupyter.protocol.checks import CheckResult, CheckStatus
from smallcode_jupyter.sandbox.policy import TrialReport

__all__ = ["check_cell"]

_TALLY = re.compile(r"AssertionError: (\d+) of (\d+) examples do not hold: (.*)", re.DOTALL)
_PRELUDE = """

def _smallcode_check():
    def same(left, right):
        if isinstance(left, float) and isinstance(right, (int, float)):
            return left == right or abs(left - right) <= 1e-9 * max(abs(left), abs(right))
        outcome = left == right
        try:
            return bool(outcome)
        except ValueError:
            return bool(outcome.all())
    def short(value):
        text = repr(value)
        return text if len(text) <= 200 else text[:200] + "..."
    def one_line(error):
        return " ".join(str(error).split())[:200]
    failures = []
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Examples:
    code: str = ""
    """To be run after the cell; empty if there are none."""
    count: int = 0


def check_cell(
    path: str,
    code: str,
    *,
    words: str,
    cell_runner: Callable[[str], TrialReport] | None,
    assertions: tuple[Group, ...] = (),
) -> CheckResult:
    """Run the cell in a copy of the kernel, and what the words promise after it, and the notebook's `assertions`.

    What could not be tried is `unchecked`. Raises SandboxError where the copy could not be made.
    """
    if cell_runner is None:
        reason = "There is no kernel to try the cell in."
        return CheckResult(name="trial", status="unchecked", target=path, detail=reason)
    bound = _bound_names(code)
    examples = _examples(code, words, bound, assertions)
    report = cell_runner(code + examples.code)
    passed, failed, status, detail = 0, 0, _STATUSES[report.status], ""
    tally = _TALLY.match(report.error) if examples.count else None
    if tally is not None:
        failed = int(tally[1])
        detail = tally[3] + (f"; and {failed - 3} more" if failed > 3 else "")
        passed = 1 + examples.count - failed
    elif status == "passed":
        passed = 1 + examples.count
        missing = _missing(words, bound, report)
        if missing:
            names = ", ".join(f"`{name}`" for name in missing)
            status, failed, detail = "failed", len(missing), f"the cell did not define {names}"
    else:
        failed = int(status == "failed")
        detail = _explain(report, code)
    return CheckResult(
        name="trial",
        status=status,
        target=path,
        passed=passed,
        failed=failed,
        detail=trim_detail(detail),
        display=trim_display(_shown(report) if tally is None else detail.replace("; ", "\n")),
        seconds=report.seconds,
    )


_STATUSES: dict[str, CheckStatus] = {
    "passed": "passed",
    "failed": "failed",
    "timed_out": "failed",
    "crashed": "failed",
    "not_tried": "unchecked",
}


def _explain(report: TrialReport, code: str) -> str:
    if report.status == "not_tried":
        return report.reason or "The cell was not tried."
    if report.status == "timed_out":
        return "the cell did not finish in time" + (f": {report.reason}" if report.reason else "")
    if report.status == "crashed":
        return "the cell crashed Python" + (f": {report.error or report.reason}".rstrip(": "))
    error = shorten(report.error or "the cell failed", 400)
    lines = [int(number) for number in re.findall(r"^cell line (\d+)", report.traceback, re.MULTILINE)]
    inside = [number for number in lines if 0 < number <= code.count("\n") + 1]
    if inside:
        return f"{error}\nat line {inside[-1]} of the cell:\n{around(code, inside[-1], margin=1)}"
    return f"{error}\n{report.traceback[-600:]}".strip()


def _shown(report: TrialReport) -> str:
    parts = (report.stdout, report.stderr, report.result, report.traceback or report.error, report.reason)
    return "\n".join(part.strip() for part in parts if part.strip())


def _missing(words: str, bound: frozenset[str], report: TrialReport) -> tuple[str, ...]:
    left_behind = {*report.added, *report.changed, *bound} - {*report.deleted}
    return tuple(name for name in required_names(words) if name not in left_behind)


def _bound_names(code: str) -> frozenset[str]:
    """What the cell binds at its top, magics aside."""
    try:
        tree = ast.parse(mask_magics(code))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return frozenset()
    return frozenset(_stored(tree.body))


def _stored(body: list[ast.stmt]) -> Iterator[str]:
    for node in body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name
            continue
        for part in ast.walk(node):
            if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store):
                yield part.id


def _examples(code: str, words: str, names: frozenset[str], assertions: tuple[Group, ...]) -> _Examples:
    """The words' examples that use what the cell binds, and the assertions, as code to run after it."""
    if code.lstrip().startswith("%%"):
        return _Examples()  # all that follows belongs to the magic
    values = (
        Group(steps=(Step(kind="value", source=example.expression, want=example.expected),), origin="")
        for example in find_value_examples(words, names)
    )
    stories = find_scenarios(words, python_subjects(mask_magics(code)), names, PYTHON, let=LET["python"])
    found = (*word_groups(words, names), *values, *stories, *_shapes(words, names), *assertions)
    groups = [group for group in dict.fromkeys(found) if _is_usable(group)]
    if not groups:
        return _Examples()
    blocks = [textwrap.indent(_group_code(group), "    ") for group in groups]
    count = sum(step.kind != "run" for group in groups for step in group.steps)
    end = (
        f"    assert not failures, '%d of {count} examples do not hold: ' % len(failures) + '; '.join(failures[:3])\n"
        "_smallcode_check()\n"
    )
    added = _PRELUDE + "\n".join(blocks) + "\n" + end
    try:
        compile(added, "<examples>", "exec")
    except (SyntaxError, ValueError):
        return _Examples()
    return _Examples(code=added, count=count)


def _shapes(words: str, names: frozenset[str]) -> Iterator[Group]:
    """Of what type the words say that the cell's variables are, and which columns a frame has."""
    for name, kind, classes in required_kinds(words):
        if name in names:
            fitting = f"{kind!r} for kind in type({name}).__mro__ if kind.__name__ in {classes}"
            yield _shape(f"next(({fitting}), type({name}).__name__)", repr(kind), f"the type of {name}")
    for name, columns in required_columns(words):
        if name in names:
            yield _shape(
                f"sorted(map(str, {name}.columns))", repr(sorted(columns)), f"the sorted columns of {name}"
            )


def _shape(source: str, right: str, shown: str) -> Group:
    return Group(steps=(Step(kind="equal", source=source, right=right, shown=shown),), origin="")


def _is_usable(group: Group) -> bool:
    """Prompt examples only where each is an expression with a literal outcome: text is not compared here."""
    return all(step.kind != "show" or _shows_literal(step) for step in group.steps)


def _shows_literal(step: Step) -> bool:
    try:
        read_literal(step.want)
        ast.parse(step.source.strip(), mode="eval")
    except (ValueError, SyntaxError):
        return False
    return not step.raises


def _group_code(group: Group) -> str:
    return "\n".join(_step_code(step) for step in group.steps)


def _step_code(step: Step) -> str:
    source = step.source.strip()
    if step.kind == "run":
        return source
    label = step.shown or shorten(source)
    lines = ["try:", f"    value = ({source})"]
    if step.raises:
        kind = step.raises.partition(":")[0]
        lines += [
            f"    failures.append({label!r} + ' returned ' + short(value) + {f', expected {kind}'!r})",
            f"except {kind}:",
            "    pass",
        ]
    else:
        right = step.right if step.kind == "equal" else step.want.strip()
        test = f"same(value, ({right}))" if right else "value"
        expected = f", expected {shorten(right)}" if right else ", expected it to be true"
        lines += [
            f"    if not {test}:",
            f"        failures.append({label!r} + ' is ' + short(value) + {expected!r})",
        ]
    lines += [
        "except Exception as error:",
        f"    failures.append({label!r} + ' raised ' + type(error).__name__ + ': ' + one_line(error))",
    ]
    return "\n".join(lines)
