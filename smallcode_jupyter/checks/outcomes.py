"""Reading what test runners report: how many tests held, and what matters of those that did not."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

__all__ = ["Outcome", "hanging_line", "read_junit", "read_unittest"]

_MOST_LINES = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a finished test run says."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0
    failures: tuple[str, ...] = ()
    """The failing tests: name, assertion, expected and got."""


def read_junit(report: str) -> Outcome | None:
    """pytest's own report. None where there is none, or not a whole one: the run did not get to its end."""
    try:
        tree = ElementTree.fromstring(report)
    except ElementTree.ParseError:
        return None
    cases = list(tree.iter("testcase"))
    failures = [
        _pytest_failure(case, fault)
        for case in cases
        for fault in (*case.findall("failure"), *case.findall("error"))
    ]
    failed = sum(case.find("failure") is not None or case.find("error") is not None for case in cases)
    skipped = sum(case.find("skipped") is not None for case in cases)
    return Outcome(
        passed=len(cases) - failed - skipped, failed=failed, skipped=skipped, failures=tuple(failures)
    )


def _pytest_failure(case: ElementTree.Element, fault: ElementTree.Element) -> str:
    owner, name = case.get("classname") or "", case.get("name") or ""
    title = name if owner.rpartition(".")[2].islower() or not owner else f"{owner.rpartition('.')[2]}.{name}"
    lines = (fault.text or fault.get("message") or "").splitlines()
    return "\n".join([f"{title} failed:", *_short_traceback(lines)])


def _short_traceback(lines: list[str]) -> list[str]:
    """The last two places of the workspace with their source lines, and what pytest explains of the assertion."""
    places: list[list[str]] = []
    explained: list[str] = []
    for index, line in enumerate(lines):
        if line.startswith("E "):
            explained.append(line[:300].rstrip())
        elif re.match(r"\S.*:\d+: ", line) and not re.match(
            r"(?:/|\.\./).*(?:site-packages|/lib/python)", line
        ):
            follows = lines[index + 1] if index + 1 < len(lines) else ""
            places.append([line] + ([follows[:200]] if follows.startswith("    ") else []))
    shown = [line for place in places[-2:] for line in place]
    explained = [line for line in explained if line.strip() != "E"]
    if not shown and not explained:
        return lines[-_MOST_LINES:]
    return [*shown, *explained[:_MOST_LINES]]


def read_unittest(stderr: str) -> Outcome | None:
    """unittest's text. None where the run did not get to its end."""
    ran = re.findall(r"^Ran (\d+) tests? in ", stderr, re.MULTILINE)
    if not ran:
        return None
    tail = stderr[stderr.rindex("Ran ") :]
    counts = {key: int(number) for key, number in re.findall(r"([a-z ]+)=(\d+)", tail)}
    failed = counts.get("failures", 0) + counts.get("errors", 0) + counts.get("unexpected successes", 0)
    failed = max(failed, 1) if "FAILED" in tail else failed
    skipped = sum(number for key, number in counts.items() if key.strip() == "skipped")
    sections = re.split(r"^={20,}$", stderr, flags=re.MULTILINE)[1:]
    return Outcome(
        passed=max(0, int(ran[-1]) - failed - skipped),
        failed=failed,
        skipped=skipped,
        failures=tuple(_unittest_failure(section) for section in sections),
    )


def _unittest_failure(section: str) -> str:
    section = re.split(r"^(?:-{20,}\nRan |Stdout:|Stderr:)", section.strip(), flags=re.MULTILINE)[0]
    lines = section.splitlines()
    title = re.sub(r"^(?:FAIL|ERROR): (\S+).*$", r"\1", lines[0]) if lines else "a test"
    frames = [
        index for index, line in enumerate(lines) if re.match(r'  File "', line) and "/lib/python" not in line
    ]
    start = frames[-1] if frames else 2
    return "\n".join([f"{title} failed:", *(line.rstrip() for line in lines[start : start + _MOST_LINES])])


def hanging_line(stderr: str, folder: Path) -> str:
    """Where the run was when it took too long, as `file, line N`; empty if nothing says."""
    for file, line in re.findall(r'^\s*File "([^"]+)", line (\d+)', stderr, re.MULTILINE):
        path = Path(file)
        if path.is_relative_to(folder) and "site-packages" not in path.parts:
            return f"{path.relative_to(folder).as_posix()}, line {line}"
    return ""
