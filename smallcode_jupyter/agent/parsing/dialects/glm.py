"""Calls as GLM's models write them: `<tool_call>name`, then pairs of `<arg_key>` and `<arg_value>`."""

from __future__ import annotations

import re

from smallcode_jupyter.agent.parsing.call_shapes import CallReading
from smallcode_jupyter.agent.parsing.elements import plain_value
from smallcode_jupyter.agent.parsing.pieces import Piece, finding_of, read_marked
from smallcode_jupyter.agent.parsing.source import Dialect, Finding, RawCall, Source
from smallcode_jupyter.protocol.tools import Json

__all__ = ["GLM"]

_MOST_PAIRS = 32
_OPENING = re.compile(r"<tool_call>\s{0,8}([A-Za-z_][\w.\-]{0,80})\s{0,8}(?=<arg_key>|</tool_call>)")
_KEY = re.compile(r"\s{0,8}<arg_key>\s{0,4}([\w.\-]{1,80})\s{0,4}</arg_key>\s{0,8}<arg_value>")
_VALUE_END = re.compile(r"</arg_value>(?=\s{0,8}(?:<arg_key>|</?tool_call>|\Z))")
_VALUE_CLOSED = re.compile(r"</arg_value>")
_CLOSING = re.compile(r"\s{0,8}</tool_call>")


def read(source: Source) -> Finding | None:
    """The calls, in an answer that has at least one pair."""
    if "<arg_key>" not in source.text:
        return None
    return finding_of(source, read_marked(source, _OPENING, _read))


def _read(source: Source, found: re.Match[str]) -> Piece | None:
    text, position, is_whole = source.text, found.end(), True
    arguments: dict[str, Json] = {}
    for _ in range(_MOST_PAIRS):
        key = _KEY.match(text, position)
        if key is None:
            break
        stop = _VALUE_END.search(text, key.end()) or _VALUE_CLOSED.search(text, key.end())
        is_whole = stop is not None
        position = stop.end() if stop is not None else len(text)
        arguments[key[1]] = plain_value(text[key.end() : stop.start() if stop is not None else len(text)])[0]
    closing = _CLOSING.match(text, position)
    is_cut = source.is_cut and closing is None
    repairs = () if closing is not None and is_whole else ("unclosed-tag",)
    call = RawCall(name=found[1], arguments=arguments)
    return Piece(
        start=found.start(),
        end=closing.end() if closing else position,
        reading=CallReading() if is_cut else CallReading(calls=(call,)),
        repairs=repairs,
        is_cut=is_cut,
    )


GLM = Dialect(name="glm", read=read)
