"""What a cell leaves behind, as outcomes to compare with those of other cells for the same task. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from smallcode_jupyter.sandbox.policy import TrialReport
from smallcode_jupyter.selection.outcomes import BROKE, Outcome

__all__ = ["observe_cell", "results_in_question"]

_WORD = re.compile(r"[A-Za-z_]\w*")
_NOTHING = "nothing"


def results_in_question(report: TrialReport, words: str) -> tuple[str, ...]:
    """The variables that the cell makes or changes and the words name; empty where the words name none of them."""
    named = dict.fromkeys(_WORD.findall(words))
    made = {change.name for change in report.values if change.digest}
    return tuple(name for name in named if name in made)


def observe_cell(report: TrialReport, names: Sequence[str]) -> list[Outcome]:
    """One outcome for each of the names; without any, for what the cell shows. Empty where nothing can be compared."""
    digests = {change.name: change.digest for change in report.values}
    if not names:
        shown = report.result.strip() or report.stdout.strip() or "".join(map(repr, report.plots))
        return [Outcome(text=shown, call="the cell")] if shown else []
    return [_outcome(name, digests.get(name) or _NOTHING) for name in names]


def _outcome(name: str, digest: str) -> Outcome:
    if not digest.startswith(BROKE):
        return Outcome(text=f"{name} = {digest}", call=name)
    how = digest.removeprefix(BROKE)
    return Outcome(text=digest, call=f"{name}(...)", how=f"raised {how}")
