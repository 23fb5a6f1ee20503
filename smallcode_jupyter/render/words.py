"""The sentences of a run: what a call, a check, an outcome is called."""

from __future__ import annotations

from collections.abc import Sequence

from smallcode_jupyter.protocol.changes import NEXT_CELL
from smallcode_jupyter.protocol.checks import CheckReport, CheckResult, CheckStatus
from smallcode_jupyter.protocol.events import Dropped, Outcome, TaskFinished
from smallcode_jupyter.protocol.tasks import Context
from smallcode_jupyter.protocol.tools import Json, ToolCall
from smallcode_jupyter.render.plain import one_line

__all__ = [
    "MARKS",
    "amount",
    "call_icon",
    "call_words",
    "check_words",
    "context_words",
    "dropped_words",
    "duration",
    "outcome_words",
    "place",
    "thousands",
    "verdict",
]

MARKS: dict[CheckStatus, str] = {"passed": "✓", "failed": "✗", "unchecked": "–"}

_CALLS: dict[str, tuple[str, str, str, str]] = {
    "read_file": ("→", "read {}", "path", "a file"),
    "list_files": ("→", "list {}", "path", "the files"),
    "outline": ("→", "outline {}", "path", "the files"),
    "write_file": ("✎", "write {}", "path", "a file"),
    "edit_file": ("✎", "edit {}", "path", "a file"),
    "write_definitions": ("✎", "edit {}", "path", "a file"),
    "edit_cell": ("✎", "write {}", "path", "the next cell"),
    "search_text": ("→", "search for “{}”", "pattern", "a text"),
    "find_files": ("→", "find {}", "pattern", "files"),
    "run_code": ("▶", "try code in a copy of the kernel", "", ""),
    "run_command": ("▶", "run `{}`", "command", "a command"),
    "run_tests": ("▶", "run the tests", "", ""),
    "update_plan": ("☰", "update the plan", "", ""),
    "finish": ("■", "finish", "", ""),
}
"""Tool -> icon, sentence, the argument that goes into it, what stands there without one."""

_OUTCOMES: dict[Outcome, str] = {
    "validated": "✓ Validated",
    "unvalidated": "– Not validated",
    "answered": "✓ Answered",
    "gave_up": "✗ Gave up",
    "cancelled": "■ Stopped",
    "failed": "✗ Failed",
}


def place(path: str) -> str:
    """A path or cell in a person's words."""
    if path == NEXT_CELL:
        return "the next cell"
    if path.startswith("cell:"):
        return f"cell {path[5:]}"
    return path


def call_icon(call: ToolCall) -> str:
    """The sign of a call's kind."""
    return _CALLS[call.name][0] if call.name in _CALLS else "→"


def call_words(call: ToolCall) -> str:
    """What a call does, as a short clause."""
    if call.name not in _CALLS:
        return one_line(call.name)
    _, sentence, argument, otherwise = _CALLS[call.name]
    value: Json = call.arguments.get(argument)
    return sentence.format(one_line(place(value), 60) if isinstance(value, str) and value else otherwise)


def verdict(result: CheckResult) -> str:
    """One checker's verdict: `examples 3/3 ✓`."""
    cases = result.passed + result.failed
    counted = f" {result.passed}/{cases}" if cases and result.name != "syntax" else ""
    return f"{one_line(result.name, 30)}{counted} {MARKS[result.status]}"


def check_words(report: CheckReport) -> str:
    """All verdicts on one line."""
    if not report.results:
        return "check: nothing here can judge it"
    return "check " + " ".join(verdict(result) for result in report.results)


def context_words(context: Context) -> str:
    """What was looked at before the model was asked, and what the person took out of it."""
    names = [one_line(place(item.name), 40) for item in context.items]
    gone = [one_line(place(name), 40) for name in context.left_out]
    words = f"look at {_first(names)}" if names else "look around: nothing to show the model"
    return f"{words}; left out by you: {_first(gone)}" if gone else words


def _first(names: Sequence[str]) -> str:
    """`a, b, c and 2 more`."""
    rest = len(names) - 3
    return ", ".join(names[:3]) + (f" and {rest} more" if rest > 0 else "")


def dropped_words(item: Dropped) -> str:
    """Why something is not, or not whole, in the prompt: `900 of 1,200 tokens: old, and room is short`."""
    if item.kept_tokens:
        gone = max(0, item.tokens - item.kept_tokens)
        return f"{gone:,} of {amount(item.tokens, 'token')}: {one_line(item.reason, 200)}"
    return f"{amount(item.tokens, 'token')}: {one_line(item.reason, 200)}"


def outcome_words(finished: TaskFinished) -> str:
    """How the run ended, with the reason and what to do about it."""
    sentence = f"{_OUTCOMES[finished.outcome]}: {one_line(finished.reason, 400)}".rstrip(": ")
    problem = finished.problem
    parts = (problem.what, problem.why, problem.hint) if problem else ()
    extra = [one_line(part, 400) for part in parts if part and one_line(part, 400) not in sentence]
    return " ".join([sentence, *extra])


def amount(count: int, noun: str) -> str:
    """`1 step`, `2,000 steps`."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def duration(seconds: float) -> str:
    """`0.4 s`, `2 min 5 s`."""
    if seconds < 100:
        return f"{seconds:.1f} s"
    return f"{int(seconds) // 60} min {int(seconds) % 60} s"


def thousands(tokens: int, unit: int = 1000) -> str:
    """`980`, `1.4k`, `8k`."""
    if tokens < 1000:
        return str(tokens)
    return f"{tokens / unit:.1f}".removesuffix(".0") + "k"
