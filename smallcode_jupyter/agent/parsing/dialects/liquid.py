"""Calls as Liquid's LFM2 writes them: `<|tool_call_start|>[read_file(path="a.py")]<|tool_call_end|>`."""

from __future__ import annotations

import re

from smallcode_jupyter.agent.parsing.bodies import read_body, with_closing
from smallcode_jupyter.agent.parsing.pieces import Piece, finding_of, read_marked
from smallcode_jupyter.agent.parsing.source import Dialect, Finding, Source

__all__ = ["LIQUID"]

_OPENING = re.compile(r"<\|tool_call_start\|>\s{0,8}")
_CLOSING = re.compile(r"[\s\]]{0,8}<\|tool_call_end\|>")


def read(source: Source) -> Finding | None:
    """The calls between these tokens: Python calls in a list, or JSON."""
    if "<|tool_call_start|>" not in source.text:
        return None
    return finding_of(source, read_marked(source, _OPENING, _read))


def _read(source: Source, found: re.Match[str]) -> Piece | None:
    body = read_body(source, found.end(), len(source.text))
    return None if body is None else with_closing(source, body, found.start(), _CLOSING)


LIQUID = Dialect(name="liquid", read=read)
