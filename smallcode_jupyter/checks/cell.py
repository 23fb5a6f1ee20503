"""Trying a cell in a copy of the kernel, with what the task's words say that must hold afterwards."""

from __future__ import annotations

import ast
import re
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from smallcode_jupyter.checks.extract import Group, Step, word_groups
from smallcode_jupyter.checks.prose import PYTHON, find_value_examples
from smallcode_jupyter.checks.scenarios import find_scenarios
from smallcode_jupyter.checks.stated import QUESTIONS, must_stay, stated_groups
from smallcode_jupyter.checks.subjects import LET, python_subjects
from smallcode_jupyter.checks.syntax import mask_magics
from smallcode_jupyter.checks.trim import around, shorten, trim_detail, trim_display
from smallcode_jupyter.checks.values import read_literal
from smallcode_jupyter.checks.wanted import replaces_cell, required_names
from smallcode_jupyter.protocol.checks import CheckResult, CheckStatus
from smallcode_jupyter.sandbox.policy import TrialReport

__all__ = ["check_cell", "check_loading"]

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
    rerunner: Callable[[str], TrialReport | None] | None = None,
    assertions: tuple[Group, ...] = (),
) -> CheckResult:
    """Run the cell in a copy of the kernel, and what the words promise after it, and the notebook's `assertions`.

    One that the words want in the place of another is also run by `rerunner`, after the cells above it alone. What
    could not be tried is `unchecked`. Raises SandboxError where the copy could not be made.
    """
    if cell_runner is None:
        reason = "There is no kernel to try the cell in."
        return CheckResult(name="trial", status="unchecked", target=path, detail=reason)
    examples = _examples(code, words, _bound_names(code), assertions)
    result = _judged(path, code, words, examples, cell_runner(code + examples.code))
    if result.status != "passed" or rerunner is None or not replaces_cell(words):
        return result
    again = rerunner(code + examples.code)
    if again is None or not again.is_prepared or again.status not in ("passed", "failed"):
        return result
    anew = _judged(path, code, words, examples, again)
    return replace(anew, detail=f"{_ANEW}: {anew.detail}") if anew.status == "failed" else anew


_ANEW = "after Restart & Run All, where only the cells above it have run"


def _judged(path: str, code: str, words: str, examples: _Examples, report: TrialReport) -> CheckResult:
    passed, failed, status, detail = 0, 0, _STATUSES[report.status], ""
    tally = _TALLY.match(report.error) if examples.count else None
    if tally is not None:
        failed = int(tally[1])
        said = [tally[3] + (f"; and {failed - 3} more" if failed > 3 else ""), *_without_effect(report, code)]
        detail = "; ".join(said)
        passed = 1 + examples.count - failed
    elif status == "passed":
        passed = 1 + examples.count
        if faults := [
            *_left_undefined(words, _bound_names(code), report),
            *_spoiled(words, report),
            *_without_effect(report, code),
        ]:
            status, failed, detail = "failed", len(faults), "; ".join(faults)
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


def check_loading(target: str, report: TrialReport, *, has_cells: bool) -> CheckResult:
    """Whether edited modules can be loaded again in the kernel, as a copy of it reported.

    It is a `trial`, rather than only that, where cells ran after it there.
    """
    status = _STATUSES[report.status]
    return CheckResult(
        name="trial" if has_cells else "loading",
        status=status,
        target=target,
        passed=int(status == "passed"),
        failed=int(status == "failed"),
        detail="" if status == "passed" else trim_detail(_explain(report, "")),
        display=trim_display(_shown(report)),
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


def _left_undefined(words: str, bound: frozenset[str], report: TrialReport) -> Iterator[str]:
    left_behind = {*report.added, *report.changed, *bound} - {*report.deleted}
    if missing := [f"`{name}`" for name in required_names(words) if name not in left_behind]:
        yield f"the cell did not define {', '.join(missing)}"


def _spoiled(words: str, report: TrialReport) -> Iterator[str]:
    """Variables that were to stay as they are, and did not."""
    touched = {*report.changed, *report.deleted}
    if spoiled := [f"`{name}`" for name in must_stay(words) if name in touched]:
        it = "it has" if len(spoiled) == 1 else "they have"
        yield f"the cell changed {', '.join(spoiled)}, but {it} to stay unchanged: work on a copy under another name"


def _without_effect(report: TrialReport, code: str) -> Iterator[str]:
    """Lines that pandas warns of: they change a temporary copy."""
    if not _ON_A_COPY.search(report.stderr):
        return
    lines = [line.strip() for line in code.splitlines() if _CHAINED.match(line)]
    for line in lines[:3]:
        yield f"pandas warns that `{line}` changes a copy and has no effect: {_instead(line)}"


_ON_A_COPY = re.compile(
    r"ChainedAssignmentError|SettingWithCopyWarning|set on a copy of a (?:slice|DataFrame)"
)
_CHAINED = re.compile(
    r"\s*(?P<place>[\w.]+\[[^\[\]]+\])(?:\.(?P<call>\w+\(.*)\binplace\s*=\s*True|\[[^\[\]]+\]\s*=[^=])"
)


def _instead(line: str) -> str:
    match = _CHAINED.match(line)
    if match is None or match["call"] is None:
        return "use `.loc[rows, column] = value`"
    call = re.sub(r",?\s*inplace\s*=\s*True\s*,?\s*", "", line[match.end("place") + 1 :])
    return f"write `{match['place']} = {match['place']}.{call}`"


def _parsed(code: str) -> ast.Module:
    """The cell, magics aside; empty where it is no Python."""
    try:
        return ast.parse(mask_magics(code))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ast.Module(body=[], type_ignores=[])


def _bound_names(code: str) -> frozenset[str]:
    """What the cell binds at its top, magics aside."""
    return frozenset(_stored(_parsed(code).body))


def _written_columns(code: str) -> dict[str, str]:
    """The columns that the cell assigns by name, each with the variable that holds its table."""
    found: dict[str, str] = {}
    for node in ast.walk(_parsed(code)):
        match node:
            case ast.Subscript(
                value=ast.Name(id=table), slice=ast.Constant(value=str(column)), ctx=ast.Store()
            ):
                found[column] = table
    return found


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
    found = (
        *word_groups(words, names),
        *values,
        *stories,
        *stated_groups(words, names, _written_columns(code)),
        *assertions,
    )
    groups = [group for group in dict.fromkeys(found) if _is_usable(group)]
    if not groups:
        return _Examples()
    blocks = [textwrap.indent(_group_code(group), "    ") for group in groups]
    count = sum(step.kind != "run" for group in groups for step in group.steps)
    end = (
        f"    assert not failures, '%d of {count} examples do not hold: ' % len(failures) + '; '.join(failures[:3])\n"
        "_smallcode_check()\n"
    )
    added = _PRELUDE + QUESTIONS + "\n".join(blocks) + "\n" + end
    try:
        compile(added, "<examples>", "exec")
    except (SyntaxError, ValueError):
        return _Examples()
    return _Examples(code=added, count=count)


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
