"""A cell that replaces one of the notebook has to work after the cells above it alone, as after Restart & Run All."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from smallcode_jupyter.frontends.cells.flow import names_of
from smallcode_jupyter.frontends.cells.hidden_state import is_passed_over
from smallcode_jupyter.frontends.cells.replay import forget_variables, run_quietly
from smallcode_jupyter.render.plain import plain

if TYPE_CHECKING:
    from smallcode_jupyter.frontends.kernel import LiveKernel

__all__ = ["cells_above", "start_again"]


def cells_above(shell: Any, facts: LiveKernel, code: str) -> tuple[str, ...] | None:  # IPython is not typed
    """The cells above the one that `code` would replace; None where it is not known which one that is.

    It is the one that shares most of the names that both make or change. The order is that of the saved notebook; of
    one that is not known, the order in which its cells ran.
    """
    found = facts.notebook()
    if found is None:
        sources = [source for _, source in facts.latest_cells()]
    else:
        sources = [plain(cell.source) for cell in found[1].cells if cell.type == "code"]
    sources = [source for source in sources if source.strip() and not is_passed_over(source)]
    shared = [_shared(shell, code, source) for source in sources]
    best = max(shared, default=0)
    if not best:
        return None
    place = max(place for place, count in enumerate(shared) if count == best)
    return tuple(sources[:place])


def _shared(shell: Any, one: str, other: str) -> int:
    mine, theirs = names_of(shell, one), names_of(shell, other)
    made = (mine.made - mine.imported) & (theirs.made - theirs.imported)
    # What both make counts more than what both change.
    return 100 * len(made) + len((mine.made | mine.touched) & (theirs.made | theirs.touched))


def start_again(shell: Any, sources: Sequence[str]) -> None:  # IPython is not typed
    """In a copy of the kernel: forget the variables and run these cells. Raises what one of them raises."""
    forget_variables(shell)
    for source in sources:
        run_quietly(shell, source).raise_error()
