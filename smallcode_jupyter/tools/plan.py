"""Planning and ending."""

from __future__ import annotations

from threading import Event

from smallcode_jupyter.protocol.errors import Problem
from smallcode_jupyter.tools.workbench import Answer, Arguments, Workbench

__all__ = ["finish", "update_plan"]


def update_plan(bench: Workbench, arguments: Arguments, cancel: Event) -> Answer:
    """Set the steps; `done` names those that are ticked, by their words or their number from 1."""
    steps = _texts(arguments["steps"])
    done = _texts(arguments.get("done"))
    if not steps:
        problem = Problem(code="empty_plan", what="The plan has no steps.", hint="Give at least one step.")
        return Answer(content=str(problem), status="error", problem=problem)
    ticked = {index for index, step in enumerate(steps, 1) if step in done or str(index) in done}
    lines = [f"[{'x' if index in ticked else ' '}] {step}" for index, step in enumerate(steps, 1)]
    return Answer(content="\n".join(lines))


def _texts(value: object) -> list[str]:
    return [str(item) for item in value] if isinstance(value, list) else []


def finish(bench: Workbench, arguments: Arguments, cancel: Event) -> Answer:
    """The last words, given back."""
    return Answer(content=str(arguments.get("answer") or "Done."))
