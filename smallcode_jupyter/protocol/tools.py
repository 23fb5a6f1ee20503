"""Tools: what the model may ask for, the asking, and the answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from smallcode_jupyter.protocol.errors import Problem

__all__ = ["CATEGORIES", "Category", "Json", "Parameter", "ToolCall", "ToolResult", "ToolSpec"]

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]
"""Any JSON value."""

Category = Literal["read", "write", "search", "run", "plan"]
CATEGORIES: tuple[Category, ...] = ("read", "write", "search", "run", "plan")


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """One argument of a tool."""

    name: str
    kind: Literal["string", "integer", "number", "boolean", "array"]
    """JSON-schema type. An array's items are strings."""
    description: str
    is_required: bool = True
    aliases: tuple[str, ...] = ()
    """Other names models use for it, e.g. `file_path` for `path`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ToolSpec:
    """A tool as it is offered to a model."""

    name: str
    category: Category
    description: str
    parameters: tuple[Parameter, ...] = ()
    aliases: tuple[str, ...] = ()
    """Other names models use for the tool, e.g. `bash` for `run_command`."""
    is_for_names: bool = False
    """Whether it is offered only where the words ask for another name or signature."""

    def schema(self) -> dict[str, Json]:
        """The OpenAI function schema."""
        properties: dict[str, Json] = {}
        for parameter in self.parameters:
            entry: dict[str, Json] = {"type": parameter.kind, "description": parameter.description}
            if parameter.kind == "array":
                entry["items"] = {"type": "string"}
            properties[parameter.name] = entry
        required: list[Json] = [parameter.name for parameter in self.parameters if parameter.is_required]
        return {
            "type": "function",
            "function": {
                "name": self.name,
                "description": self.description,
                "parameters": {"type": "object", "properties": properties, "required": required},
            },
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class ToolCall:
    """One request of the model to use a tool; arguments are coerced to the tool's parameters."""

    id: str
    """Unique within the run."""
    name: str
    arguments: Mapping[str, Json]


@dataclass(frozen=True, slots=True, kw_only=True)
class ToolResult:
    """The answer to one call. A tool's failure is a result, never an exception."""

    call_id: str
    name: str
    status: Literal["ok", "error", "denied"]
    content: str
    """What the model sees; at most 4,000 characters, and says how much was cut."""
    brief: str = ""
    """The same in at most 800 characters, for when room gets scarce; empty where that saves little."""
    display: str = ""
    """What the person sees where that differs, else empty."""
    changed: tuple[str, ...] = ()
    """Paths that this call changed in the staged copy."""
    problem: Problem | None = None
    """Set unless `status` is ok."""
    seconds: float = 0.0
