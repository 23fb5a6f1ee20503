"""Functions that the task is about and that still only say that they are not written."""

from __future__ import annotations

import re

from smallcode_jupyter.checks.trim import first_few, trim_detail
from smallcode_jupyter.protocol.checks import CheckResult

__all__ = ["check_stubs"]

_STUB = re.compile(
    r"^\s*(?:raise\s+NotImplementedError\b|(?:panic|throw\s+new\s+\w*Error|todo!|unimplemented!)\s*\(?.*"
    r"\b(?:not (?:yet )?(?:implemented|written)|todo|to do)\b|(?:todo|unimplemented)!\s*\()",
    re.IGNORECASE,
)
_OWNER = re.compile(
    r"^\s*(?:export\s+)?(?:default\s+)?(?:pub(?:\([^)]*\))?\s+)?(?:async\s+)?"
    r"(?:(?:def|fn|function\*?)\s+|func\s+(?:\([^)]*\)\s*)?)(\w+)"
    r"|^\s+(?:(?:public|static|async|get|set)\s+)*(\w+)\s*\([^;]*\{\s*$"
)


def check_stubs(path: str, text: str, *, before: str | None, words: str) -> CheckResult | None:
    """A failure if something that the words name is a stub as it was before; None if not."""
    if before is None:
        return None
    lines = text.split("\n")
    old = {line.strip() for line in before.split("\n") if _STUB.match(line)}
    faults = []
    for number, line in enumerate(lines, start=1):
        if line.strip() in old and _STUB.match(line):
            name = _owner(lines[: number - 1])
            # What is written elsewhere under the same name may be what takes its place in a child class.
            is_meant = bool(name) and sum(_name(each) == name for each in lines) == 1
            if is_meant and re.search(rf"(?<![\w.]){re.escape(name)}\b", words):
                faults.append(f"{path}, line {number}: {name} is not written yet: {line.strip()[:120]}")
    if not faults:
        return None
    return CheckResult(
        name="stubs",
        status="failed",
        target=path,
        failed=len(faults),
        detail=trim_detail(first_few(faults)),
        display="\n".join(faults),
    )


def _owner(lines: list[str]) -> str:
    """The function that the line after these stands in."""
    return next((name for line in reversed(lines) if (name := _name(line))), "")


def _name(line: str) -> str:
    """What a line begins to define; empty for other lines."""
    found = _OWNER.match(line)
    return (found[1] or found[2]) if found else ""
