"""Which file a failed check points at. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Set

from smallcode_jupyter.agent.opening import is_test_name
from smallcode_jupyter.agent.state import Plan, Step
from smallcode_jupyter.protocol.checks import CheckReport
from smallcode_jupyter.protocol.tasks import Context

__all__ = ["blamed"]


def blamed(report: CheckReport, plan: Plan, context: Context, *, tried: Set[str]) -> Step | None:
    """A step for the file in which the first failure arises, in the plan or not; None where nothing tells.

    The file of the last frame (a path with a line) comes first, then others that are named, the one that the check was
    about, and what defines a name in its message. Tests, and files that were `tried`, are not blamed.
    """
    failure = report.first_failure
    if failure is None:
        return None
    planned = [step.path for step in plan.steps]
    known = [path for path in dict.fromkeys([*planned, *context.paths]) if not is_test_name(path)]
    text = failure.detail
    candidates = _by_place(known, text, r'"?(?::|, line )\d+') + _by_place(known, text, r"(?![\w/])")
    candidates += [path for path in known if path == failure.target]
    candidates += [
        one.path
        for one in context.found
        if one.path in planned and any(re.search(rf"\b{re.escape(name)}\b", text) for name in one.defines)
    ]
    path = next((path for path in candidates if path not in tried), None)
    return Step(path=path, reason=f"the check of {failure.name} points here") if path is not None else None


def _by_place(paths: Iterable[str], text: str, following: str) -> list[str]:
    """The paths that stand in a text with this behind them, what stands last first."""
    places: dict[str, int] = {}
    for path in paths:
        for found in re.finditer(rf"(?<![\w/-]){re.escape(path)}{following}", text):
            places[path] = found.start()
    return sorted(places, key=lambda path: -places[path])
