"""What a confined run may do, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

__all__ = ["ProcessResult", "SandboxPolicy", "TrialReport"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SandboxPolicy:
    """Limits of one command or trial."""

    write_roots: tuple[Path, ...] = ()
    """The only folders that may be written to."""
    hidden: tuple[Path, ...] = ()
    """Existing folders that may not be read either, nor anything in them. Everything else may be read."""
    hides_names: bool = True
    """With `hidden`: the folders around them cannot be listed either. False: they can, and with them the names of what
    is hidden, which programs need that look for their own parts beside it."""
    allows_network: bool = False
    seconds: float = 20.0
    """Wall time; then the whole process group is killed."""
    memory_mb: int = 2_048
    """Writable memory beyond what the process starts with."""
    file_mb: int = 64
    """Largest file that may be written."""
    output_chars: int = 200_000
    """What is kept of each of stdout and stderr: the head and the tail."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessResult:
    """A finished command."""

    status: Literal["exited", "timed_out", "cancelled"]
    exit_code: int
    """Negative for a signal."""
    stdout: str
    stderr: str
    seconds: float
    confinement: str
    """What held it: `landlock+seccomp`, `unconfined`, ..."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialReport:
    """What a cell did in a copy of the kernel."""

    status: Literal["passed", "failed", "timed_out", "crashed", "not_tried"]
    stdout: str = ""
    stderr: str = ""
    result: str = ""
    """`repr` of the last expression, capped; empty if none."""
    error: str = ""
    """`ValueError: ...`, one line; empty if none."""
    traceback: str = ""
    """The frames in the cell, with line numbers and source lines."""
    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    deleted: tuple[str, ...] = ()
    """Names of the namespace that running it would add, rebind, delete."""
    reason: str = ""
    """Why it was not tried, or what is weaker about this trial; empty if nothing."""
    seconds: float = 0.0
