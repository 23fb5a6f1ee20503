"""Calls as Llama 3.1 and later write them: `<|python_tag|>` before JSON or Python, and `<function=name>{...}`."""

from __future__ import annotations

import re

from smallcode_jupyter.agent.parsing.bodies import read_body, read_named, with_closing
from smallcode_jupyter.agent.parsing.pieces import Piece, finding_of, read_marked
from smallcode_jupyter.agent.parsing.source import Dialect, Finding, Source

__all__ = ["LLAMA"]

_OPENING = re.compile(
    r"<\|python_tag\|>\s{0,8}|(?:<tool_call>\s{0,8})?<function=[\"']?([A-Za-z_][\w.\-]{0,80})[\"']?>?\s{0,8}(?=[{`])"
)
_CLOSING = re.compile(r"[\s}`]{0,16}(?:</?function>|<\|eom_id\|>|<\|eot_id\|>)|")
_FUNCTION_END = re.compile(r"[\s}`]{0,16}</?function>(?:\s{0,8}</tool_call>)?")


def read(source: Source) -> Finding | None:
    """The calls after such marks. Python code after the tag is a call only where it is nothing but calls of tools."""
    if "<|python_tag|>" not in source.text and "<function=" not in source.text:
        return None
    return finding_of(source, read_marked(source, _OPENING, _read))


def _read(source: Source, found: re.Match[str]) -> Piece | None:
    end = len(source.text)
    if found[1]:
        body = read_named(source, found[1], found.end(), end)
        return None if body is None else with_closing(source, body, found.start(), _FUNCTION_END)
    body = read_body(source, found.end(), end)
    return None if body is None else with_closing(source, body, found.start(), _CLOSING)


LLAMA = Dialect(name="llama", read=read)
