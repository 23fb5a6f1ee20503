"""What every dialect is given, and what it gives back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from smallcode_jupyter.agent.parsing.fences import Fence
from smallcode_jupyter.agent.parsing.names import ToolIndex
from smallcode_jupyter.agent.parsing.parsed import Expectation
from smallcode_jupyter.protocol.errors import Problem
from smallcode_jupyter.protocol.events import Repair
from smallcode_jupyter.protocol.model import NativeCall
from smallcode_jupyter.protocol.tools import Json

__all__ = ["Dialect", "Finding", "RawCall", "Source", "outside", "without"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One answer, prepared: reasoning taken out, line ends `\\n`."""

    text: str
    fences: tuple[Fence, ...]
    """All fenced blocks of `text`, in order."""
    native_calls: tuple[NativeCall, ...]
    is_cut: bool
    """Whether the answer stops before its end: what is unclosed is then not whole."""
    tools: ToolIndex
    expectation: Expectation


@dataclass(frozen=True, slots=True, kw_only=True)
class RawCall:
    """A call as written: the name and arguments are not yet fitted to a tool."""

    name: str
    arguments: Json


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What one dialect understood."""

    calls: tuple[RawCall, ...] = ()
    text: str = ""
    """The words around the calls."""
    repairs: tuple[Repair, ...] = ()
    problems: tuple[Problem, ...] = ()
    is_final: bool = True
    """False where only a problem was found and a later dialect may still understand the answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """One way in which models write calls."""

    name: str
    read: Callable[[Source], Finding | None]
    """None where the answer is not written in this dialect. Never raises."""


def outside(source: Source) -> list[tuple[int, int]]:
    """The stretches of the text that lie in no fenced block."""
    stretches: list[tuple[int, int]] = []
    position = 0
    for fence in source.fences:
        stretches.append((position, fence.start))
        position = fence.end
    stretches.append((position, len(source.text)))
    return [(start, end) for start, end in stretches if start < end]


def without(text: str, spans: list[tuple[int, int]]) -> str:
    """The text with these spans cut out, trimmed, and at most one empty line in each gap."""
    kept: list[str] = []
    position = 0
    for start, end in sorted(spans):
        kept.append(text[position : max(start, position)])
        position = max(position, end)
    kept.append(text[position:])
    pieces = [piece.strip() for piece in kept]
    return "\n\n".join(piece for piece in pieces if piece)
