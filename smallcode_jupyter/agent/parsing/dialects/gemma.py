"""Calls as Gemma 4 and FunctionGemma write them: `<|tool_call>call:name{key:<|"|>text<|"|>}<tool_call|>`."""

from __future__ import annotations

import re
from dataclasses import replace

from smallcode_jupyter.agent.parsing.bodies import read_named, with_closing
from smallcode_jupyter.agent.parsing.pieces import Piece, finding_of, read_marked
from smallcode_jupyter.agent.parsing.source import Dialect, Finding, Source

__all__ = ["GEMMA"]

_OPENING = re.compile(
    r"(?:<\|tool_call\|?>|<start_function_call>)\s{0,8}call[:\s]\s{0,4}([A-Za-z_][\w.\-]{0,80})\s{0,4}(?=\{)"
)
_CLOSING = re.compile(r"[\s}]{0,8}(?:<\|?tool_call\|>|<end_function_call>|<\|/tool_call\|>|</tool_call>)")
_OWN = ("unquoted-key",)
"""What is no mend here: the format has no quotes around keys."""


def read(source: Source) -> Finding | None:
    """The calls between these tokens."""
    if "<|tool_call" not in source.text and "<start_function_call>" not in source.text:
        return None
    return finding_of(source, read_marked(source, _OPENING, _read))


def _read(source: Source, found: re.Match[str]) -> Piece | None:
    body = read_named(source, found[1], found.end(), len(source.text))
    if body is None:
        return None
    body = replace(body, repairs=tuple(name for name in body.repairs if name not in _OWN))
    return with_closing(source, body, found.start(), _CLOSING)


GEMMA = Dialect(name="gemma", read=read)
