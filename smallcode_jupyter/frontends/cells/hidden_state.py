"""`%smallcode check`: does the notebook, run from its beginning, give what the kernel holds now?"""

from __future__ import annotations

import json
import re
import tempfile
import threading
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from smallcode_jupyter.frontends.cells import replay
from smallcode_jupyter.frontends.cells.flow import names_of
from smallcode_jupyter.protocol.errors import NotFound
from smallcode_jupyter.render.plain import plain
from smallcode_jupyter.render.words import amount
from smallcode_jupyter.workspace.notebooks import Cell

if TYPE_CHECKING:
    from smallcode_jupyter.frontends.kernel import LiveKernel

__all__ = ["check_notebook", "is_passed_over"]

_SECONDS = 120.0
_OWN = re.compile(r"^\s*%%?(smallcode\b|load_ext\s+smallcode|reload_ext\s+smallcode)")
_INSTALLS = re.compile(r"^\s*[%!]\s*(?:\S+ -m )?(?:pip3?|conda|mamba|uv)\b[^\n]*$")
_UNDEFINED = re.compile(r"NameError: name '(\w+)' is not defined")
_NAMES = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """A code cell of the notebook."""

    number: int
    """Counted from 1 among all cells, as a reader would."""
    cell: Cell

    def __str__(self) -> str:
        ran = f", In[{self.cell.execution_count}]" if self.cell.execution_count else ""
        return f"cell {self.number}{ran}"


def check_notebook(shell: Any, facts: LiveKernel) -> str:  # IPython is not typed
    """What speaks against the notebook giving the same again, a line each.

    The clean run happens in a copy of the kernel. Raises NotFound where the notebook's file is not known.
    """
    found = facts.notebook()
    if found is None:
        raise NotFound(
            "The file of this notebook is not known.", hint="Save it in the folder that the kernel works in."
        )
    path, notebook = found
    places = [
        _Place(number=number, cell=cell)
        for number, cell in enumerate(notebook.cells, 1)
        if cell.type == "code" and cell.source.strip() and not is_passed_over(cell.source)
    ]
    lines = [*_order(places), *_edited(places, facts.cells()), *_clean_run(shell, facts, places)]
    return plain("\n".join([f"{path.name}, as it was saved:", *lines]))


def is_passed_over(source: str) -> bool:
    """Whether the cell is about this extension or only installs packages: a clean run goes without it."""
    lines = [line for line in source.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    return bool(_OWN.match(source)) or all(_INSTALLS.match(line) for line in lines)


def _order(places: Sequence[_Place]) -> list[str]:
    """The first few cells that ran after one that stands below them."""
    ran = [place for place in places if place.cell.execution_count]
    pairs = [
        f"{one} ran after {other}, which stands below it."
        for one, other in pairwise(ran)
        if (one.cell.execution_count or 0) > (other.cell.execution_count or 0)
    ]
    return [f"! Out of order: {pair}" for pair in pairs[:3]]


def _edited(places: Sequence[_Place], ran: Sequence[tuple[int, str]]) -> list[str]:
    """Cells whose text is no longer what ran under their number."""
    sources = dict(ran)
    changed = [
        str(place)
        for place in places
        if (count := place.cell.execution_count) in sources
        and sources[count].strip() != plain(place.cell.source).strip()
    ]
    return [f"! Changed since it ran: {', '.join(changed[:_NAMES])}."] if changed else []


def _clean_run(shell: Any, facts: LiveKernel, places: Sequence[_Place]) -> list[str]:
    mark = f"replay-{uuid.uuid4().hex}:"
    sources = [place.cell.source for place in places]
    code = (
        f"__import__({replay.__name__!r}, fromlist=['report']).report(get_ipython(), {sources!r}, {mark!r})"
    )
    with tempfile.TemporaryDirectory(prefix="smallcode-") as scratch:
        trial = facts.run_trial(code, seconds=_SECONDS, scratch=Path(scratch), cancel=threading.Event())
    _, _, said = trial.stdout.rpartition(mark)
    if mark not in trial.stdout or not said.strip():
        why = trial.reason or trial.error or "The copy gave no report."
        return [f"– A clean run was not possible: {why}"]
    result: Mapping[str, Any] = json.loads(said.splitlines()[0])
    failed = _failed(shell, facts, places, result["failed"])
    compared = _compared(shell, facts, places, result)
    if not failed and not compared:
        count = amount(result["same"], "variable")
        return [f"✓ A clean run of {amount(len(places), 'cell')} in a copy gives the kernel's {count} again."]
    return [*failed, *compared]


def _failed(
    shell: Any, facts: LiveKernel, places: Sequence[_Place], failed: Sequence[Any] | None
) -> list[str]:
    if failed is None:
        return []
    place, error, refusal = failed
    if refusal:
        return [f"– A clean run could not go on in {places[place]}: {refusal}"]
    line = f"✗ A clean run stops in {places[place]}: {error}"
    found = _UNDEFINED.search(error)
    if found is None:
        return [line]
    later = [other for other in places[place + 1 :] if found[1] in names_of(shell, other.cell.source).made]
    if later:
        return [f"{line}. It is made in {later[0]}, which comes later."]
    return [f"{line}.{_gone(shell, facts, places, found[1])}"]


def _gone(shell: Any, facts: LiveKernel, places: Sequence[_Place], name: str) -> str:
    """` In[3] made it, ...` where that is no longer in the notebook."""
    kept = {plain(place.cell.source).strip() for place in places}
    for number, source in reversed(facts.cells()):
        if source.strip() not in kept and name in names_of(shell, source).made:
            return f" In[{number}] made it, whose text is no longer in the notebook."
    return ""


def _maker(shell: Any, places: Sequence[_Place], name: str) -> str:
    """`, which cell 2 makes: it was deleted`: the last cell that makes the name, and why that is not there."""
    for place in reversed(places):
        if name in names_of(shell, place.cell.source).made:
            why = "it was deleted since" if place.cell.execution_count else "that cell has not run"
            return f", which {place} makes: {why}"
    return ""


def _compared(
    shell: Any, facts: LiveKernel, places: Sequence[_Place], result: Mapping[str, Any]
) -> list[str]:
    lines: list[str] = []
    if result["failed"] is None:
        for name in result["only_live"][:_NAMES]:
            lines.append(f"! Only in the kernel: {name}.{_gone(shell, facts, places, name)}")
    for name in result["only_clean"][:_NAMES]:
        lines.append(f"! Not in the kernel: {name}{_maker(shell, places, name)}.")
    for name, live, clean in result["different"]:
        lines.append(f"! {name} differs: it is {live}; a clean run gives {clean}.")
    if result["more_different"]:
        lines.append(f"! {result['more_different']} more variables differ.")
    if lines and result["unknown"]:
        lines.append(f"– Not compared: {', '.join(result['unknown'][:_NAMES])}.")
    return lines
