"""What routing makes of a request, without asking a model: for looking at it from outside."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from smallcode_jupyter.agent.compose import tools_text
from smallcode_jupyter.agent.routing import offered, prior, route_for
from smallcode_jupyter.models.counting import estimate_tokens
from smallcode_jupyter.protocol.tasks import Surface, Task
from smallcode_jupyter.protocol.tools import Category, ToolSpec
from smallcode_jupyter.tools.registry import TOOLS

__all__ = ["RouteReport", "ToolCost", "explain_route"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ToolCost:
    """Tokens of tools in a prompt, by the cautious estimate that also plans prompts where a server counts nothing."""

    lines: int
    """A line a tool, as text."""
    schemas: int
    """JSON schemas, for native calls."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteReport:
    """How the words of a request are routed."""

    category: Category
    is_clear: bool
    """Whether the words decide. If not, the model is asked first, and the category is only the likeliest."""
    scores: tuple[tuple[Category, float], ...]
    """The best first."""
    tools: tuple[str, ...]
    """Each as a line: its name, arguments and description."""
    cost: ToolCost
    """Of these tools."""
    cost_of_all: ToolCost
    """Of every tool there is, which is what leaving routing out would cost."""


def explain_route(words: str, *, surface: Surface) -> RouteReport:
    """The route that a run of these words takes at its start."""
    found = prior(words, surface=surface)
    specs = offered(Task(id="", words=words, surface=surface), TOOLS)
    names = route_for(found.category, specs, reason="").tools
    shown = tuple(spec for spec in specs if spec.name in names)
    return RouteReport(
        category=found.category,
        is_clear=found.is_clear,
        scores=found.scores,
        tools=tuple(tools_text(shown).splitlines()),
        cost=_cost(shown),
        cost_of_all=_cost(TOOLS),
    )


def _cost(specs: Sequence[ToolSpec]) -> ToolCost:
    return ToolCost(
        lines=estimate_tokens(tools_text(specs)),
        schemas=estimate_tokens(json.dumps([spec.schema() for spec in specs])),
    )
