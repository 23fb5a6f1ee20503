"""`%smallcode explain [CELL]`: a cell or the last error in plain words. Nothing is changed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from smallcode_jupyter.protocol.errors import UsageError

if TYPE_CHECKING:
    from smallcode_jupyter.frontends.notebook import Notebook

__all__ = ["explain"]

_NAMED = re.compile(r"^(?:@cell:|cell\s+)?(?:In ?\[)?(?P<cell>[\w-]+)\]?$")


def explain(notebook: Notebook, named: str) -> None:
    """Explain the cell that is named by its number or id; without a name what failed last, else the last cell.

    Raises UsageError for a cell that is not there.
    """
    notebook.run_here(_words(notebook, named.strip()), policy="plan", closing=lambda result: "")


def _words(notebook: Notebook, named: str) -> str:
    from smallcode_jupyter.session.wording import explain_cell_words, explain_error_words

    facts = notebook.facts
    cells = facts.cells()
    if named in ("@last-error", "error") or (not named and facts.has_just_failed()):
        if not facts.error_text():
            raise UsageError("There is no error to explain.", why="No cell has raised one.")
        return explain_error_words()
    if not named and not cells:
        raise UsageError("There is no cell to explain.", hint="Run one first.")
    found = _NAMED.match(named) if named else None
    target = str(cells[-1][0]) if not named else found["cell"] if found else named
    return explain_cell_words(facts.plain_words(f"@cell:{target}", root=notebook.session.root))
