"""What compilers complain of, in a few lines that say where, what, and show the source."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from smallcode_jupyter.checks.trim import shorten

__all__ = ["Compiled", "Fault", "new_faults", "show_faults"]

_MOST_FAULTS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One complaint."""

    path: str
    """Relative to the workspace; empty where it is of no file."""
    line: int
    """Counts from 1; 0 where the compiler did not say."""
    message: str
    code: str = ""
    """The compiler's own number for it, `TS2322`, `E0308`; empty where it has none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Compiled:
    """What a compiler said of some files."""

    command: str
    """As a person would type it."""
    faults: tuple[Fault, ...] = ()
    reason: str = ""
    """Why it could not judge them; empty where it did."""
    seconds: float = 0.0


def show_faults(faults: Sequence[Fault], source: Callable[[str], str]) -> str:
    """The first few, each with its source line; `source` gives a file's text. Says how many more there are."""
    shown = [_show(fault, source) for fault in faults[:_MOST_FAULTS]]
    if len(faults) > _MOST_FAULTS:
        shown.append(f"and {len(faults) - _MOST_FAULTS} more")
    return "\n".join(shown)


def _show(fault: Fault, source: Callable[[str], str]) -> str:
    message = shorten(fault.message, 400)
    if not fault.path:
        return message
    place = f"{fault.path}, line {fault.line}" if fault.line else fault.path
    lines = source(fault.path).split("\n")
    if not 0 < fault.line <= len(lines) or not lines[fault.line - 1].strip():
        return f"{place}: {message}"
    return f"{place}: {message}\n    {lines[fault.line - 1].strip()[:200]}"


def new_faults(
    faults: Sequence[Fault],
    earlier: Sequence[Fault],
    *,
    source: Callable[[str], str],
    earlier_source: Callable[[str], str],
) -> tuple[Fault, ...]:
    """Those that were not there before: the same words of the same line of code, wherever that line stands now."""
    known = Counter(_identity(fault, earlier_source) for fault in earlier)
    found = []
    for fault in faults:
        identity = _identity(fault, source)
        if known[identity]:
            known[identity] -= 1
        else:
            found.append(fault)
    return tuple(found)


def _identity(fault: Fault, source: Callable[[str], str]) -> tuple[str, str, str]:
    lines = source(fault.path).split("\n") if fault.path else []
    line = lines[fault.line - 1].strip() if 0 < fault.line <= len(lines) else ""
    return fault.path, re.sub(r"\d+", "#", fault.message), line
