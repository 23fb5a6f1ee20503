"""Reading what the test programs of Go and Rust print: how many tests held, and what matters of those that did not."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from smallcode_jupyter.checks.outcomes import Outcome

__all__ = ["read_go", "read_libtest"]

_MOST_LINES = 12
_GO_RESULT = re.compile(r"^\s*--- (PASS|FAIL|SKIP): (\S+)")
_GO_RUN = re.compile(r"^=== (?:RUN|NAME|CONT)\s+(\S+)")
_GO_PLACE = re.compile(r"^(\s+)([\w.-]+\.go):(\d+): ")
_RUST_RESULT = re.compile(r"^test (\S+)(?: - should panic)? \.\.\. (ok|FAILED|ignored)", re.MULTILINE)
_RUST_SECTION = re.compile(
    r"^---- (\S+) stdout ----\n(.*?)(?=^---- |^failures:|\Z)", re.MULTILINE | re.DOTALL
)


def read_go(stdout: str, stderr: str, folder: Path) -> Outcome | None:
    """A test binary's verbose output. None where it did not get to its end and did not panic.

    Of tests with subtests only these count. `folder` holds the sources.
    """
    said: dict[str, list[str]] = {}
    verdicts: dict[str, str] = {}
    current = ""
    for line in stdout.splitlines():
        if started := _GO_RUN.match(line):
            current = started[1]
        elif ended := _GO_RESULT.match(line):
            verdicts[ended[2]] = ended[1]
            current = ended[2]
        elif current:
            said.setdefault(current, []).append(line)
    panic = _go_panic(stderr, folder)
    has_ended = re.search(r"^(?:PASS|FAIL)$", stdout, re.MULTILINE) is not None
    if not has_ended and not panic:
        return None
    leaves = [name for name in verdicts if not any(other.startswith(f"{name}/") for other in verdicts)]
    failing = [name for name in leaves if verdicts[name] == "FAIL"]
    if panic and not failing:
        failing = [current or "the tests"]
    details = {name: _go_lines(said.get(name, []), folder) for name in failing}
    if panic:
        details[failing[-1]] = panic
    return Outcome(
        passed=sum(verdicts[name] == "PASS" for name in leaves),
        failed=len(failing),
        skipped=sum(verdicts[name] == "SKIP" for name in leaves),
        failures=tuple("\n".join([f"{name} failed:", *lines]) for name, lines in details.items()),
    )


def _go_lines(lines: Iterable[str], folder: Path) -> list[str]:
    shown: list[str] = []
    for line in lines:
        if line in ("PASS", "FAIL"):
            break
        place = _GO_PLACE.match(line)
        shown.append(line[:300].rstrip())
        condition = _condition(folder, place[2], int(place[3])) if place else ""
        if condition:
            shown.append(f"        in: {condition}")
    return shown[:_MOST_LINES]


def _condition(folder: Path, name: str, line: int) -> str:
    """The `if` that the test's complaint is about, where it stands right above."""
    for path in sorted(folder.rglob(name))[:1]:
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
        above = lines[line - 2].strip() if 2 <= line <= len(lines) else ""
        return above[:200] if above.startswith("if ") else ""
    return ""


def _go_panic(stderr: str, folder: Path) -> list[str]:
    """What a panic says, and the lines of the workspace that it came through."""
    said = re.search(r"^(?:panic|fatal error): (.+)$", stderr, re.MULTILINE)
    if said is None:
        return []
    message = re.sub(r" \[recovered[^\]]*\]$", "", said[1])[:300]
    if "test timed out" in message:
        message = "it did not finish in time"
    places: list[str] = []
    for path, number in re.findall(r"^\s+(/\S+\.go):(\d+)", stderr, re.MULTILINE):
        if Path(path).is_relative_to(folder) and len(places) < 2:
            lines = Path(path).read_text(encoding="utf-8", errors="replace").splitlines()
            source = lines[int(number) - 1].strip()[:160] if int(number) <= len(lines) else ""
            places.append(f"  at {Path(path).relative_to(folder).as_posix()}, line {number}: {source}")
    return [f"  panic: {message}", *dict.fromkeys(places)]


def read_libtest(stdout: str, folder: Path) -> Outcome | None:
    """The output of Rust's test harness. None where it did not get to its end. `folder` holds the sources."""
    if re.search(r"^test result: ", stdout, re.MULTILINE) is None:
        return None
    verdicts = _RUST_RESULT.findall(stdout)
    sections = dict(_RUST_SECTION.findall(stdout))
    failing = [name for name, verdict in verdicts if verdict == "FAILED"]
    return Outcome(
        passed=sum(verdict == "ok" for _, verdict in verdicts),
        failed=len(failing),
        skipped=sum(verdict == "ignored" for _, verdict in verdicts),
        failures=tuple(
            "\n".join([f"{name} failed:", *_rust_lines(sections.get(name, ""), folder)]) for name in failing
        ),
    )


def _rust_lines(section: str, folder: Path) -> list[str]:
    """The panic's place with its source line, then its message."""
    shown: list[str] = []
    for line in section.splitlines():
        text = line.strip()
        place = re.match(r"thread '.*' .*panicked at (\S+?):(\d+):\d+:", text)
        if place:
            path = folder / place[1]
            lines = path.read_text(encoding="utf-8", errors="replace").splitlines() if path.is_file() else []
            number = int(place[2])
            source = f": {lines[number - 1].strip()[:160]}" if 0 < number <= len(lines) else ""
            name = path.relative_to(folder).as_posix() if path.is_relative_to(folder) else path.name
            shown.append(f"  at {name}, line {number}{source}")
        elif text and not text.startswith(("note: ", "stack backtrace")):
            shown.append(f"  {text[:300]}")
    return shown[:_MOST_LINES]
