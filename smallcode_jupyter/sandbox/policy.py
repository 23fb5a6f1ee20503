"""What a confined run may do, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

__all__ = [
    "Axes",
    "Display",
    "FileChange",
    "Plot",
    "ProcessResult",
    "SandboxPolicy",
    "Series",
    "TrialReport",
    "ValueChange",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class SandboxPolicy:
    """Limits of one command or trial."""

    write_roots: tuple[Path, ...] = ()
    """The only folders that may be written to."""
    hidden: tuple[Path, ...] = ()
    """Existing folders that may not be read either, nor anything in them. Everything else may be read."""
    hides_names: bool = True
    """With `hidden`: the folders around them cannot be listed either. False: they can, and with them the names of
    what is hidden, which programs need that look for their own parts beside it."""
    allows_network: bool = False
    seconds: float = 20.0
    """Wall time; then the whole process group is killed."""
    memory_mb: int = 2_048
    """Writable memory beyond what the process starts with."""
    most_tasks: int | None = None
    """Processes and threads at a time, all of the user's counted that are in its user namespace; None: no limit. It
    does not hold the administrator."""
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
class Series:
    """One series of a plot."""

    kind: str
    """`line`, `bars`, `points`, `image`, or the name of matplotlib's class."""
    label: str = ""
    count: int = 0
    """Points, bars or pixels."""
    x_range: tuple[str, str] = ("", "")
    y_range: tuple[str, str] = ("", "")
    first: tuple[str, ...] = ()
    """Its first values."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Axes:
    """One pair of axes of a plot."""

    title: str = ""
    x_label: str = ""
    y_label: str = ""
    x_range: tuple[str, str] = ("", "")
    y_range: tuple[str, str] = ("", "")
    x_scale: str = "linear"
    y_scale: str = "linear"
    x_ticks: tuple[str, ...] = ()
    """The labels of the first ticks."""
    legend: tuple[str, ...] = ()
    series: tuple[Series, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Plot:
    """A figure as data."""

    title: str = ""
    axes: tuple[Axes, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Display:
    """A rich result: what it is, and as text."""

    types: tuple[str, ...]
    """`text/html`, `image/png`, ..."""
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueChange:
    """What becomes of a variable."""

    name: str
    kind: Literal["added", "changed", "changed inside", "deleted"]
    """`changed`: bound to another object. `changed inside`: the same object with other content."""
    before: str = ""
    after: str = ""
    """`DataFrame, 3 rows, 2 columns: a int64; b float64, 1 missing`; empty where there is nothing, or it is not
    known."""
    digest: str = ""
    """Of what it is afterwards, equal for equal values; of a function, for what it gives. Empty where not known."""
    changed_bytes: int = 0
    """Of an array or table that changed inside: the memory that differs, as the kernel itself saw it in the page
    tables. 0 where the change was found by comparing content or structure instead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileChange:
    """What becomes of a file in the folder worked in, as the kernel itself saw it."""

    path: str
    kind: Literal["added", "changed", "deleted"]
    size: int = 0
    """Bytes afterwards."""


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
    """Names of the namespace that running it would add, bind to another object or change inside, delete."""
    values: tuple[ValueChange, ...] = ()
    """The same names, with what they were and would be."""
    files: tuple[FileChange, ...] = ()
    """In the folder worked in: written in a layer over it that is gone now."""
    blocked: tuple[str, ...] = ()
    """What the code tried and a trial may not: `write /etc/hosts`, `look up example.com`. As the code's own process
    told it."""
    displays: tuple[Display, ...] = ()
    plots: tuple[Plot, ...] = ()
    reason: str = ""
    """Why it was not tried, or what is weaker about this trial; empty if nothing."""
    confinement: str = ""
    """What held it: `landlock+seccomp+namespaces`; empty if nothing ran."""
    is_prepared: bool = True
    """Whether the cell was reached; else the error is that of what was to come before it."""
    seconds: float = 0.0
