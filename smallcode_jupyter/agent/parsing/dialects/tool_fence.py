"""Calls in a fence that says so: Gemma's `tool_code` with Python, and `tool_call`, `tool_use` and the like."""

from __future__ import annotations

from dataclasses import replace

from smallcode_jupyter.agent.parsing.bodies import read_body
from smallcode_jupyter.agent.parsing.pieces import Piece, finding_of
from smallcode_jupyter.agent.parsing.source import Dialect, Finding, Source

__all__ = ["TOOL_FENCE"]

_TAGS = frozenset(
    [
        "tool_code",
        "tool_call",
        "tool_calls",
        "tool_use",
        "tool",
        "function_call",
        "function_calls",
        "mcp_call",
    ]
)


def read(source: Source) -> Finding | None:
    """The calls in such fences. Code that does more than call tools is no call."""
    pieces: list[Piece] = []
    for fence in source.fences:
        if fence.info.strip().lower() not in _TAGS:
            continue
        inner = replace(source, text=fence.content, fences=(), is_cut=source.is_cut and not fence.is_closed)
        body = read_body(inner, 0, len(fence.content))
        if body is not None and (body.is_cut or not fence.content[body.end :].strip("`} \n\t")):
            repairs = body.repairs if fence.is_closed else (*body.repairs, "unclosed-fence")
            pieces.append(replace(body, start=fence.start, end=fence.end, repairs=repairs))
    return finding_of(source, pieces)


TOOL_FENCE = Dialect(name="tool-fence", read=read)
