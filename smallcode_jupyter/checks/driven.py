"""What came of running examples in another language, and whether each came out as it says."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from smallcode_jupyter.checks.extract import Group, Step
from smallcode_jupyter.checks.literals import agrees, read_at
from smallcode_jupyter.checks.trim import shorten
from smallcode_jupyter.checks.values import Value
from smallcode_jupyter.protocol.tools import Json

__all__ = ["Came", "Driven", "Verdict", "judge", "read_records", "steps_of"]

Verdict = Literal["held", "failed", "open"]
"""`open`: it cannot be told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Came:
    """What came of one step."""

    values: tuple[Value, ...] = ()
    """What it returned; of functions with several results all of them."""
    shown: str = ""
    """The same, as the language shows it to people."""
    printed: str = ""
    """The same, as the language prints it, where that is another text."""
    error: str = ""
    """The exception's or panic's name, empty if there was none."""
    kinds: tuple[str, ...] = ()
    """The exception's classes, its own first."""
    message: str = ""
    place: str = ""
    """Where in the workspace it was raised: `solution.js, line 3: throw ...`."""
    is_truth: bool = False
    """Whether the value counts as true."""
    other: Came | None = None
    """Of a comparison: what the right side came to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Driven:
    """What came of all steps, by their numbers; of those that were not run nothing."""

    came: Mapping[int, Came] = field(default_factory=dict)
    fault: Came | None = None
    """Why the file could not be loaded."""
    reason: str = ""
    """Why nothing could be run; empty where something was."""
    seconds: float = 0.0


def steps_of(groups: Sequence[Group]) -> Iterator[tuple[int, Step, Group]]:
    """Every step with its number and its group."""
    number = 0
    for group in groups:
        for step in group.steps:
            yield number, step, group
            number += 1


def read_records(report: Path, nonce: str) -> list[dict[str, Json]]:
    """The lines of a report that carry the nonce."""
    try:
        lines = report.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return []
    found = []
    for line in lines:
        try:
            record = json.loads(line)
        except ValueError:
            continue  # cut short when the process was ended
        if isinstance(record, dict) and record.get("nonce") == nonce:
            found.append(record)
    return found


def judge(step: Step, came: Came) -> tuple[Verdict, str]:
    """Whether the step came out as it says; if not, what is wrong in one or two lines."""
    call = step.shown or shorten(step.source.strip())
    if came.error:
        if step.raises and step.raises in (came.error, *came.kinds):
            return "held", ""
        wanted = f"\n  expected it to throw {step.raises}" if step.raises else ""
        if step.want:
            wanted = f"\n  expected {shorten(step.want)}"
        return "failed", f"{call} {_raised(came)}{wanted}"
    if step.raises:
        return (
            "failed",
            f"{call} returned {shorten(came.shown) or 'nothing'}, expected it to throw {step.raises}",
        )
    if step.kind == "run":
        return "held", ""
    if step.kind == "equal":
        return _judge_equal(call, came, shorten(step.right))
    if not step.want:
        return (
            ("held", "")
            if came.is_truth
            else ("failed", f"{call} is {shorten(came.shown)}, expected it to be true")
        )
    verdict = _agrees(came, step.want)
    if verdict == "failed":
        return "failed", f"{call} returned {shorten(came.shown)}, expected {shorten(step.want)}"
    return verdict, ""


def _raised(came: Came) -> str:
    if came.error == "Timeout":
        return "did not finish in time"
    message = f": {shorten(came.message, 300)}" if came.message else ""
    place = f"\n  at {came.place}" if came.place else ""
    verbs = {"panic": "panicked", "error": "returned an error"}
    return f"{verbs.get(came.error, f'threw {came.error}')}{message}{place}"


def _judge_equal(call: str, came: Came, right: str) -> tuple[Verdict, str]:
    other = came.other
    if other is None or len(came.values) != 1 or len(other.values) != 1:
        return "open", ""
    verdict = agrees(came.values[0], other.values[0])
    if verdict is not False:
        return ("held" if verdict else "open"), ""
    shown = shorten(other.shown)
    origin = "" if shown == right else f" ({right})"
    return "failed", f"{call} returned {shorten(came.shown)}, expected {shown}{origin}"


def _agrees(came: Came, want: str) -> Verdict:
    """Compare what came with a literal, several literals, or what the language prints."""
    wanted = [*_literals(want)]
    if not wanted:
        is_same = bool(came.printed) and _plain(came.printed) == _plain(want)
        return "held" if is_same else "failed" if came.printed else "open"
    if len(wanted) != len(came.values):
        return "open"
    found = [agrees(value, expected) for value, expected in zip(came.values, wanted, strict=True)]
    if all(found):
        return "held"
    if came.printed and _plain(came.printed) == _plain(want):
        return "held"
    return "failed" if False in found else "open"


def _literals(text: str) -> Iterator[Value]:
    """The literals of a text, with commas between them; none where it is anything else."""
    values: list[Value] = []
    position = 0
    while position < len(text):
        found = read_at(text, position)
        if found is None:
            return
        values.append(found[0])
        comma = re.compile(r"\s*(?:,\s*|\Z)").match(text, found[1])
        if comma is None:
            return
        position = comma.end()
    yield from values


def _plain(text: str) -> str:
    return " ".join(text.split())
