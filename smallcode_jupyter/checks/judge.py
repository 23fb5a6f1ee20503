"""Whether one example came out as it says, in words that a small model can use."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from smallcode_jupyter.checks.extract import Step
from smallcode_jupyter.checks.trim import shorten
from smallcode_jupyter.checks.values import Opaque, Value, decode_value, holds_opaque, is_same, read_literal
from smallcode_jupyter.protocol.tools import Json

__all__ = ["Record", "describe_fault", "judge_step"]

Record = Mapping[str, Json]
"""One line of the private report."""


def judge_step(step: Step, record: Record, *, folder: Path) -> str | None:
    """What is wrong, in one or two lines, or None if the step held. Raises ValueError for a mangled record."""
    fault = record.get("error")
    if isinstance(fault, dict):
        return _judge_fault(step, fault, folder)
    source = step.shown or shorten(step.source.strip())
    if step.raises:
        got = str(record.get("repr") or record.get("output") or "").strip()
        outcome = f"returned {shorten(got)}" if got else "raised nothing"
        return f"{source} {outcome}, expected it to raise {step.raises}"
    if step.kind == "run":
        return None
    if step.kind == "show":
        return _judge_shown(step, record, source)
    if step.kind == "equal":
        return _judge_equal(record, source, shorten(step.right))
    return _judge_value(step, record, source)


def _judge_fault(step: Step, fault: Record, folder: Path) -> str | None:
    if step.raises and _is_expected(step.raises, fault):
        return None
    text = f"{step.shown or shorten(step.source.strip())} raised {describe_fault(fault, folder=folder)}"
    return f"{text}\n  expected it to raise {step.raises}" if step.raises else text


def _is_expected(raises: str, fault: Record) -> bool:
    import doctest

    kind, colon, _ = raises.partition(":")
    if not colon:
        kinds = fault.get("kinds")
        return isinstance(kinds, list) and kind.rpartition(".")[2] in kinds
    got = f"{fault.get('type')}: {fault.get('message')}\n"
    flags = doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS
    return doctest.OutputChecker().check_output(raises + "\n", got, flags)


def describe_fault(fault: Record, *, folder: Path) -> str:
    """The exception in one line, and below it the last line of the workspace that it came through."""
    message = shorten(str(fault.get("message") or "").replace(f"{folder}/", ""), 300)
    text = f"{fault.get('type')}: {message}" if message else str(fault.get("type"))
    file, line = str(fault.get("file") or ""), fault.get("line")
    if not file or not isinstance(line, int) or line < 1:
        return text
    path = Path(file)
    if not path.is_relative_to(folder):
        return text
    source = _source_line(path, line)
    return f"{text}\n  at {path.relative_to(folder).as_posix()}, line {line}: {source}"


def _source_line(path: Path, line: int) -> str:
    try:
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    return lines[line - 1].strip()[:160] if line <= len(lines) else ""


def _judge_shown(step: Step, record: Record, source: str) -> str | None:
    got, want = str(record.get("output") or ""), step.want
    if not want.strip() or _is_same_text(got, want, step.options):
        return None
    verb = "returned" if record.get("is_shown") else "printed"
    shown = shorten(got.strip())
    return f"{source} {verb} {shown or 'nothing'}, expected {shorten(want.strip())}"


def _is_same_text(got: str, want: str, options: int) -> bool:
    import doctest

    flags = options | doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS
    if doctest.OutputChecker().check_output(want, got, flags):
        return True
    try:
        return is_same(read_literal(got), read_literal(want))
    except ValueError:
        return False


def _judge_value(step: Step, record: Record, source: str) -> str | None:
    value, shown = decode_value(record.get("value")), shorten(str(record.get("repr")))
    if not step.want:
        is_true = record.get("truth") is True if holds_opaque(value) else bool(value)
        return None if is_true else f"{source} is {shown}, expected it to be true"
    expected = read_literal(step.want)
    if _holds(value, expected, step.want):
        return None
    return f"{source} returned {shown}, expected {shorten(step.want)}"


def _holds(value: Value, expected: Value, want: str) -> bool:
    if isinstance(value, Opaque):
        return re.sub(r"\s", "", value.text) == re.sub(r"\s", "", want)
    return is_same(value, expected)


def _judge_equal(record: Record, source: str, right: str) -> str | None:
    other = record.get("right")
    if not isinstance(other, dict):
        raise ValueError("no right side")
    left_value, right_value = decode_value(record.get("value")), decode_value(other.get("value"))
    # Values that only their own process understands are compared there.
    is_opaque = holds_opaque(left_value) or holds_opaque(right_value)
    if record.get("truth") is True if is_opaque else is_same(left_value, right_value):
        return None
    shown, expected = shorten(str(record.get("repr"))), shorten(str(other.get("repr")))
    origin = "" if expected == right else f" ({right})"
    return f"{source} returned {shown}, expected {expected}{origin}"
