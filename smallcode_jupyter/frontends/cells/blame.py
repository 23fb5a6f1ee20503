"""Which cell is to blame for an error: the cells of every frame, and those that made what the failing line uses.

An order of suspicion, not a verdict: the first whose correction makes the cells run is taken.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from smallcode_jupyter.frontends.cells.flow import dependents, names_of
from smallcode_jupyter.frontends.tracebacks import PersonFrame, cell_number, frames_of

__all__ = ["Blame", "Suspect", "find_blame"]

_UNDEFINED = re.compile(r"name '(\w+)' is not defined")


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspect:
    """A cell that may be to blame."""

    number: int
    """As in `In[3]`."""
    source: str
    then: tuple[str, ...]
    """The cells that build on it, up to the one that failed: they must run after the corrected text."""
    numbers: tuple[int, ...]
    """The numbers of `then`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Blame:
    """Where an error may come from."""

    suspects: tuple[Suspect, ...] = ()
    """The likeliest first."""
    file: Path | None = None
    """The person's file that raised it, where the innermost frame is in one."""
    undefined: str = ""
    """The name that is not defined, where that is the error."""
    failing_cell: str = ""
    """The source of the cell that was run."""
    failing: frozenset[str] = frozenset()
    """The sources of the cells in the traceback."""


def find_blame(shell: Any, error: BaseException, cells: Sequence[tuple[int, str]], root: Path) -> Blame:
    """The suspects for the error. `cells`: what ran, by execution count, oldest first."""
    frames = frames_of(shell, error)
    in_cells = [frame for frame in frames if frame.number]
    if not in_cells:
        return Blame()
    undefined = _UNDEFINED.search(str(error)) if isinstance(error, NameError) else None
    file = _own_file(frames[-1], root)
    failing = in_cells[0]
    sources = {frame.number: frame.source for frame in in_cells} | dict(cells)
    order = _by_frames(error, in_cells)
    if isinstance(error, AssertionError):
        # What an assertion expects is right until shown otherwise: what it calls is looked at first.
        order = [*_called(shell, in_cells[-1], sources), *order]
    makers = _makers(shell, in_cells, cells)
    numbers = [number for number in dict.fromkeys([*order, *makers]) if sources.get(number, "").strip()]
    return Blame(
        suspects=tuple(_suspect(shell, number, failing.number, sources) for number in numbers),
        file=file,
        undefined=undefined[1] if undefined else "",
        failing_cell=failing.source,
        failing=frozenset(frame.source.strip() for frame in in_cells),
    )


def _own_file(frame: PersonFrame, root: Path) -> Path | None:
    path = Path(frame.filename)
    return path if not frame.number and path.is_file() and path.resolve().is_relative_to(root) else None


def _by_frames(error: BaseException, frames: Sequence[PersonFrame]) -> list[int]:
    """Innermost first; but who refuses a value with `raise` is right, and whoever called it is wrong."""
    order = [frame.number for frame in reversed(frames)]
    is_refusal = frames[-1].text.startswith("raise") and len(set(order)) > 1
    if is_refusal and not isinstance(error, NotImplementedError):
        inner = order[0]
        return [*(number for number in order if number != inner), inner]
    return order


def _called(shell: Any, frame: PersonFrame, sources: Mapping[int, str]) -> list[int]:
    """The cells that define the functions which the failing line calls."""
    try:
        tree = ast.parse(frame.text.rstrip(":"))
    except SyntaxError:
        return []
    names = [node.id for node in ast.walk(tree) if isinstance(node, ast.Name)]
    codes = [getattr(shell.user_ns.get(name), "__code__", None) for name in names]
    numbers = [cell_number(shell, code.co_filename) for code in codes if code is not None]
    return [number for number in numbers if number in sources]


def _makers(shell: Any, frames: Sequence[PersonFrame], cells: Sequence[tuple[int, str]]) -> list[int]:
    """The latest cells that made what the lines of the frames use, the nearest first."""
    used = frozenset[str]().union(*(names_of(shell, frame.text).used for frame in frames))
    found: dict[str, int] = {}
    for number, source in cells:
        if number < frames[0].number:
            found.update(dict.fromkeys(names_of(shell, source).made & used, number))
    return sorted(set(found.values()), reverse=True)


def _suspect(shell: Any, number: int, failing: int, sources: Mapping[int, str]) -> Suspect:
    later = [other for other in sorted(sources) if number < other <= failing]
    places = dependents(shell, sources[number], [sources[other] for other in later])
    numbers = [later[place] for place in places]
    if failing != number and failing not in numbers:
        numbers.append(failing)
    return Suspect(
        number=number,
        source=sources[number],
        then=tuple(sources[other] for other in numbers),
        numbers=tuple(numbers),
    )
