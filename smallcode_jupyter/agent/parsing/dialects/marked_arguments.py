"""Calls with marked arguments, as Continue teaches models without tools: `TOOL_NAME: x`, `BEGIN_ARG: y`, `END_ARG`."""

from __future__ import annotations

import re
from itertools import islice

from smallcode_jupyter.agent.parsing.call_shapes import CallReading
from smallcode_jupyter.agent.parsing.pieces import Piece, finding_of
from smallcode_jupyter.agent.parsing.source import Dialect, Finding, RawCall, Source
from smallcode_jupyter.protocol.tools import Json

__all__ = ["MARKED_ARGUMENTS"]

_MOST_CALLS = 32
_MOST_ARGUMENTS = 32
_OPENING = re.compile(
    r"^[ \t]*(?:TOOL_NAME:|BEGIN_TOOL_CALL:?|BEGIN_TOOL:)[ \t]*`?([A-Za-z_][\w.\-]{0,80})`?[ \t]*$",
    re.MULTILINE,
)
_BEFORE = re.compile(r"(?:(?:`{3,}[\w+-]{0,20}|<tool_(?:call|use)>)[ \t]*\n)\Z")
_ARGUMENT = re.compile(r"\s{0,8}^[ \t]*BEGIN_ARG[:\s][ \t]*`?([\w.\-]{1,80})`?[ \t]*\n", re.MULTILINE)
_ARGUMENT_END = re.compile(r"\n?^[ \t]*END_ARG\b[^\n]{0,80}$", re.MULTILINE)
_NEXT_MARK = re.compile(r"\n?^[ \t]*(?:BEGIN_ARG[:\s]|END_TOOL|TOOL_NAME:)", re.MULTILINE)
_AROUND_END = re.compile(r"\n?^[ \t]*</tool_", re.MULTILINE)
_FENCE = re.compile(r"\n?^[ \t]*`{3,}[\w+-]{0,20}[ \t]*$", re.MULTILINE)
_MOST_FENCES = 201
_CLOSING = re.compile(
    r"\s{0,8}(?:END_TOOL(?:_CALL)?\b[^\n]{0,80})?\s{0,8}"
    r"(?:`{3,}|</tool_(?:call|use)>)?[ \t]*(?=\n|\Z)|"
)


def read(source: Source) -> Finding | None:
    """The calls, in a fence, in a tag, or bare. An argument without its end stops where the next mark begins."""
    if "TOOL_NAME:" not in source.text and "BEGIN_TOOL" not in source.text:
        return None
    pieces: list[Piece] = []
    position = 0
    for _ in range(_MOST_CALLS):
        found = _OPENING.search(source.text, position)
        if found is None:
            break
        pieces.append(_read(source, found))
        position = max(found.end(), pieces[-1].end)
    return finding_of(source, pieces)


def _read(source: Source, found: re.Match[str]) -> Piece:
    text, position, is_whole = source.text, found.end(), True
    repairs: dict[str, None] = {}
    arguments: dict[str, Json] = {}
    for _ in range(_MOST_ARGUMENTS):
        argument = _ARGUMENT.match(text, position)
        if argument is None:
            break
        begin = argument.end()
        end, position = _ending(text, begin)
        is_whole = bool(text[position:].strip()) or end < position
        if end == position:
            repairs["unclosed-tag"] = None
        arguments[argument[1]] = text[begin : max(begin, end)]
    before = _BEFORE.search(text, max(0, found.start() - 40), found.start())
    closing = _CLOSING.match(text, position)
    end = closing.end() if closing else position
    is_at_end = end >= len(text) and not text[position:end].strip()
    is_cut = source.is_cut and (not is_whole or is_at_end)
    call = RawCall(name=found[1], arguments=arguments)
    return Piece(
        start=before.start() if before else found.start(),
        end=end,
        reading=CallReading() if is_cut else CallReading(calls=(call,)),
        repairs=tuple(repairs),
        is_cut=is_cut,
    )


def _ending(text: str, begin: int) -> tuple[int, int]:
    """Where an argument stops and where to go on: at its own end, else where the next mark or what is around begins.

    Of fences after it an odd number means that the last closes the one around the call.
    """
    own = _ARGUMENT_END.search(text, begin)
    following = _NEXT_MARK.search(text, begin, own.start() if own is not None else len(text))
    if following is not None:
        return following.start(), following.start()
    if own is not None:
        return own.start(), own.end()
    around = _AROUND_END.search(text, begin)
    fences = [found.start() for found in islice(_FENCE.finditer(text, begin), _MOST_FENCES)]
    stop = around.start() if around is not None else len(text.removesuffix("\n"))
    if around is None and len(fences) % 2:
        stop = fences[-1]
    return max(begin, stop), max(begin, stop)


MARKED_ARGUMENTS = Dialect(name="marked-arguments", read=read)
