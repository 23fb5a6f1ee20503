"""Calls in a fence that says so: Gemma's `tool_code` with Python, and `tool_call`, `tool_use` and the like."""

from __future__ import annotations

import re
from dataclasses import replace

from smallcode_jupyter.agent.parsing.bodies import read_body
from smallcode_jupyter.agent.parsing.pieces import Piece, finding_of
from smallcode_jupyter.agent.parsing.source import Dialect, Finding, Source

__all__ = ["TOOL_FENCE"]

_CLOSING = re.compile(r"[\s}]{0,16}(?:^[ \t]*(?P<fence>`{3,})[ \t]*$\n?|\Z)", re.MULTILINE)
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
    text = source.text
    pieces: list[Piece] = []
    position = 0
    for fence in source.fences:
        if fence.info.strip().lower() not in _TAGS or fence.start < position:
            continue
        # A text in the call may hold fences of its own, so the call is read beyond the first that closes this one.
        body = read_body(source, text.find("\n", fence.start) + 1 or len(text), len(text))
        closing = _CLOSING.match(text, body.end) if body is not None else None
        if body is None or not (body.is_cut or closing):
            continue
        position = closing.end() if closing is not None else body.end
        repairs = body.repairs if closing and closing["fence"] else (*body.repairs, "unclosed-fence")
        pieces.append(replace(body, start=fence.start, end=position, repairs=repairs))
    return finding_of(source, pieces)


TOOL_FENCE = Dialect(name="tool-fence", read=read)
