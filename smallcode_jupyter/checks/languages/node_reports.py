"""Reading what the test runners of Node report: how many tests held, and what matters of those that did not."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import unquote

from smallcode_jupyter.checks.outcomes import Outcome
from smallcode_jupyter.checks.tree import Tree
from smallcode_jupyter.protocol.tools import Json

__all__ = ["own_frames", "read_jest", "read_mocha", "read_tap"]

_MOST_LINES = 10
_FRAME = re.compile(r"(?:file://|(?<![\w.-]))(/[^\s():]+):(\d+):\d+\)?$")
_RELATIVE_FRAME = re.compile(r"(?:\(|\bat )((?!node:)[\w.-][^\s():]*\.[cm]?[jt]sx?):(\d+):\d+\)?$")
"""Mocha shortens the paths below the folder."""
_NOISE = re.compile(
    r"^(?:\+ actual - expected|- Expected\s+- \d+|\+ Received\s+\+ \d+|Node\.js v\d|at |\^+$)"
)
_SCALAR = re.compile(r"^(expected|actual): (?![|>]-?$)(.+)$")


def read_tap(stdout: str, tree: Tree) -> Outcome | None:
    """The report of node's own runner. None where the run did not get to its end."""
    counts = {key: int(number) for key, number in re.findall(r"^# (\w+) (\d+)\s*$", stdout, re.MULTILINE)}
    if not {"pass", "fail"} <= counts.keys():
        return None
    return Outcome(
        passed=counts["pass"],
        failed=counts["fail"] + counts.get("cancelled", 0),
        skipped=counts.get("skipped", 0) + counts.get("todo", 0),
        failures=tuple(_tap_failures(stdout.splitlines(), tree)),
    )


def _tap_failures(lines: list[str], tree: Tree) -> Iterator[str]:
    said: list[str] = []
    for index, line in enumerate(lines):
        if line.startswith("# ") and not line.startswith("# Subtest"):
            said.append(line[2:])
        found = re.match(r"\s*(not )?ok \d+ - (.+)$", line)
        if found is None:
            continue
        block = _block(lines, index + 1)
        if found[1] and not any("subtestsFailed" in entry for entry in block):
            is_file = found[2].startswith("/") and Path(found[2]).is_relative_to(tree.folder)
            name = Path(found[2]).relative_to(tree.folder).as_posix() if is_file else found[2]
            facts = _crash(said, tree) if is_file and said else _tap_facts(block, tree)
            yield "\n".join([f"{name} failed:", *facts])
        said = []


def _block(lines: list[str], start: int) -> list[str]:
    """The details of one test, without their common indent."""
    found: list[str] = []
    for line in lines[start : start + 80]:
        if line.strip() == "...":
            break
        found.append(line)
    indent = len(found[0]) - len(found[0].lstrip()) if found else 0
    return [line[indent:] for line in found]


def _tap_facts(block: list[str], tree: Tree) -> list[str]:
    fields: dict[str, list[str]] = {}
    current = ""
    for line in block:
        key = re.match(r"(\w+):(?: (.*))?$", line)
        if key:
            current = key[1]
            value = (key[2] or "").strip("'")
            fields[current] = [] if value in ("|-", "|", "") else [value]
        elif current:
            fields[current].append(line[2:])
    scalars = [f"  {found[1]}: {found[2][:300]}" for line in block if (found := _SCALAR.match(line))]
    message = _message(fields.get("error", []))
    if len(scalars) == 2 and message and message[0].startswith("Expected values"):
        message = []
    kind = "".join(fields.get("name", []))
    if message and kind and not kind.startswith("Assertion"):
        message[0] = f"{kind}: {message[0]}"
    return [*own_frames(fields.get("stack", []), tree), *(f"  {line}" for line in message), *scalars][
        :_MOST_LINES
    ]


def _message(lines: Iterable[str]) -> list[str]:
    """What an assertion says, of a comparison only the lines that differ."""
    kept = [line.rstrip()[:300] for line in lines if line.strip() and not _NOISE.match(line.strip())]
    differing = [line for line in kept[1:] if line.startswith(("+", "-"))]
    return [*kept[:1], *differing] if differing else kept


def _crash(said: list[str], tree: Tree) -> list[str]:
    """Why a test file ended before its tests did, from what it wrote to the error stream."""
    errors = [line for line in said if re.match(r"\s*(?:Uncaught )?[\w.]*Error\b", line)]
    frames = own_frames([line for line in said if "/" in line], tree)
    return [*frames, *(f"  {line.strip()[:300]}" for line in errors[:2])] or [
        f"  {line[:300]}" for line in said[:4]
    ]


def own_frames(stack: Iterable[str], tree: Tree) -> list[str]:
    """The innermost two places of the workspace in a stack, each with its source line."""
    places: list[str] = []
    for line in stack:
        found = _FRAME.search(line.strip()) or re.match(r"(?:file://)?(/[^\s():]+):(\d+)$", line.strip())
        found = found or _RELATIVE_FRAME.search(line.strip())
        if found is None or "node_modules/" in found[1]:
            continue
        path, number = tree.folder / unquote(found[1]), int(found[2])
        if not path.is_relative_to(tree.folder):
            continue
        name = path.relative_to(tree.folder).as_posix()
        lines = tree.text(name).split("\n")
        source = lines[number - 1].strip()[:200] if 0 < number <= len(lines) else ""
        places.append(f"  at {name}, line {number}: {source}".rstrip(": "))
    return list(dict.fromkeys(places))[:2]


def read_jest(report: str, tree: Tree) -> Outcome | None:
    """The JSON of Jest, which Vitest writes, too. None where there is none: the run did not get to its end."""
    found = _object(report)
    files = found.get("testResults")
    if not isinstance(files, list):
        return None
    passed = failed = skipped = 0
    failures: list[str] = []
    for file in files:
        if not isinstance(file, dict):
            continue
        tests = file.get("assertionResults")
        cases = [case for case in tests if isinstance(case, dict)] if isinstance(tests, list) else []
        passed += sum(case.get("status") == "passed" for case in cases)
        skipped += sum(case.get("status") not in ("passed", "failed") for case in cases)
        for case in (case for case in cases if case.get("status") == "failed"):
            messages = case.get("failureMessages")
            text = str(messages[0]) if isinstance(messages, list) and messages else ""
            failures.append(_told(str(case.get("fullName")), text, tree))
            failed += 1
        if file.get("status") == "failed" and not any(case.get("status") == "failed" for case in cases):
            name = str(file.get("name")).removeprefix(f"{tree.folder}/")
            failures.append(_told(name, str(file.get("message")), tree))
            failed += 1
    return Outcome(passed=passed, failed=failed, skipped=skipped, failures=tuple(failures))


def read_mocha(report: str, tree: Tree) -> Outcome | None:
    """The JSON of Mocha. None where there is none."""
    found = _object(report)
    failing, passing, pending = found.get("failures"), found.get("passes"), found.get("pending")
    if not isinstance(failing, list) or not isinstance(passing, list):
        return None
    failures = []
    for case in failing:
        error = case.get("err") if isinstance(case, dict) else None
        if isinstance(case, dict) and isinstance(error, dict):
            failures.append(
                _told(str(case.get("fullTitle")), str(error.get("stack") or error.get("message")), tree)
            )
    return Outcome(
        passed=len(passing),
        failed=len(failing),
        skipped=len(pending) if isinstance(pending, list) else 0,
        failures=tuple(failures),
    )


def _object(text: str) -> dict[str, Json]:
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _told(name: str, stack: str, tree: Tree) -> str:
    lines = stack.splitlines()
    first = next((index for index, line in enumerate(lines) if line.lstrip().startswith("at ")), len(lines))
    message = _message(lines[:first])
    frames = own_frames(lines[first:], tree)
    return "\n".join([f"{name} failed:", *frames, *(f"  {line}" for line in message)][: _MOST_LINES + 1])
