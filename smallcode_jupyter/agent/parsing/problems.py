"""What a model did wrong, in words that a small model can follow. Shared by the dialects."""

from __future__ import annotations

from smallcode_jupyter.agent.parsing.names import ToolIndex
from smallcode_jupyter.protocol.errors import Problem

__all__ = ["cut_off", "unknown_tool"]


def cut_off(what: str, *, hint: str) -> Problem:
    """Something stops before its end because the whole answer does. `what` is its subject: `The call of read_file`."""
    return Problem(
        code="cut_off",
        what=f"{what} stops before its end.",
        why="The answer was longer than allowed.",
        hint=hint,
    )


def unknown_tool(name: str, tools: ToolIndex) -> Problem:
    """A call of something that is no tool."""
    return Problem(
        code="unknown_tool",
        what=f"There is no tool `{name[:60]}`.",
        why=f"The tools are: {tools.names}." if tools.specs else "There are no tools here.",
        hint="Use one of the tools, or write the code in a fenced block."
        if tools.specs
        else "Answer in words.",
    )
