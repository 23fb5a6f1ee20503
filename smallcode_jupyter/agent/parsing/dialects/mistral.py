"""Calls as Mistral's models write them: `[TOOL_CALLS][{...}]`, and since 2025 `[TOOL_CALLS]name[ARGS]{...}`."""

from __future__ import annotations

import re

from smallcode_jupyter.agent.parsing.bodies import read_body, read_named, with_closing
from smallcode_jupyter.agent.parsing.pieces import Piece, finding_of, read_marked
from smallcode_jupyter.agent.parsing.source import Dialect, Finding, Source

__all__ = ["MISTRAL"]

_OPENING = re.compile(r"\[TOOL_?CALLS?\]\s{0,8}|^[ \t]*(?=[A-Za-z_][\w.\-]{0,80}\[ARGS\])", re.MULTILINE)
_NAME = re.compile(r"\s{0,8}([A-Za-z_][\w.\-]{0,80})\s{0,4}(?:\[CALL_ID\]\w{0,40}\s{0,4})?\[ARGS\]")
_CLOSING = re.compile(r"\s{0,8}\[/TOOL_?CALLS?\]|")


def read(source: Source) -> Finding | None:
    """The calls after such marks, with an id between name and arguments or without."""
    if "[TOOL" not in source.text and "[ARGS]" not in source.text:
        return None
    return finding_of(source, read_marked(source, _OPENING, _read))


def _read(source: Source, found: re.Match[str]) -> Piece | None:
    name = _NAME.match(source.text, found.end())
    if name is not None:
        body = read_named(source, name[1], name.end(), len(source.text))
    else:
        body = read_body(source, found.end(), len(source.text))
    return None if body is None else with_closing(source, body, found.start(), _CLOSING)


MISTRAL = Dialect(name="mistral", read=read)
