"""What stands inside a mark that says "this is a call": JSON, a Python call, or a name with its arguments after it."""

from __future__ import annotations

import re

from smallcode_jupyter.agent.parsing.call_shapes import CallReading, joined, known_keys, read_calls
from smallcode_jupyter.agent.parsing.pieces import Piece, is_unfinished
from smallcode_jupyter.agent.parsing.repair import read_json
from smallcode_jupyter.agent.parsing.source import RawCall, Source
from smallcode_jupyter.agent.parsing.written_calls import read_written_call

__all__ = ["read_body", "read_named", "with_closing"]

_MOST_CALLS = 64
_SPACE = re.compile(r"\s*(?:`{3,}[\w+-]{0,20}[ \t]*\n\s*)?")
"""Before a body: blanks, and a fence that a model opened inside the mark."""
_BETWEEN = re.compile(r"[\s;,]*(?:`{3,}\s*)?")
_NAME_THEN_JSON = re.compile(r"([A-Za-z_][\w.\-]{0,80})(?::\d{1,3})?[ \t]*(?:\n|:)?\s{0,8}(?=\{)")
_PARTIAL_TAG = re.compile(r"\s{0,8}<[/|]?[\w|]{0,20}\Z")
"""A closing mark that the end of the answer cuts."""
_LONE_NAME = re.compile(r"([A-Za-z_][\w.\-]{0,80})\s*(?=\Z|<|\[/|```)")


def read_body(source: Source, start: int, end: int) -> Piece | None:
    """The calls that begin here, one after another; None where nothing like a call stands here."""
    space = _SPACE.match(source.text, start, end)
    position = space.end() if space is not None else start
    pieces: list[Piece] = []
    for _ in range(_MOST_CALLS):
        piece = _one(source, position, end)
        if piece is None:
            break
        pieces.append(piece)
        between = _BETWEEN.match(source.text, piece.end, end)
        position = between.end() if between is not None else piece.end
        if piece.is_cut or position >= end:
            break
    if not pieces:
        return None
    return Piece(
        start=start,
        end=pieces[-1].end,
        reading=joined([piece.reading for piece in pieces]),
        repairs=tuple(dict.fromkeys(name for piece in pieces for name in piece.repairs)),
        is_cut=pieces[-1].is_cut,
    )


def _one(source: Source, start: int, end: int) -> Piece | None:
    mark = source.text[start : start + 1]
    if mark == "[" or mark == "(":
        return _list(source, start, end)
    if mark == "{":
        return _json(source, start, end)
    named = _NAME_THEN_JSON.match(source.text, start, end)
    if named is not None:
        return read_named(source, named[1], named.end(), end)
    written = read_written_call(source.text, start, end, source.tools, is_declared=True)
    if written is not None:
        reading = CallReading(calls=(written.call,))
        is_cut = is_unfinished(source, written.end, written.repairs, is_whole=written.is_whole)
        return _piece(start, written.end, reading, written.repairs, is_cut=is_cut)
    lone = _LONE_NAME.match(source.text, start, end)
    tool = source.tools.find(lone[1]) if lone is not None and not source.is_cut else None
    if lone is None or tool is None or any(each.is_required for each in tool.spec.parameters):
        return None
    return _piece(start, lone.end(), CallReading(calls=(RawCall(name=lone[1], arguments={}),)))


def _list(source: Source, start: int, end: int) -> Piece | None:
    """`[{...}, {...}]` or `[read_file(path="a.py"), run_tests()]`."""
    inner = re.compile(r"\[\s*").match(source.text, start, end)
    if inner is not None and source.text[inner.end() : inner.end() + 1] not in ("{", "[", '"', "'"):
        items = read_body(source, inner.end(), end)
        if items is not None:
            closing = re.compile(r"[\s,]*\]").match(source.text, items.end, end)
            is_cut = items.is_cut or (closing is None and source.is_cut and items.end >= end)
            stop = closing.end() if closing is not None else items.end
            return _piece(start, stop, items.reading, items.repairs, is_cut=is_cut)
    return _json(source, start, end)


def _json(source: Source, start: int, end: int) -> Piece | None:
    found = read_json(source.text, start, end, keys=known_keys(source.tools))
    if found is None:
        return None
    reading = read_calls(found.value, source.tools, is_declared=True)
    if is_unfinished(source, found.end, found.repairs, is_whole=found.is_whole):
        return _piece(start, found.end, reading, found.repairs, is_cut=True)
    if not reading.calls and not reading.unknown:
        return None
    return _piece(start, found.end, reading, found.repairs)


def read_named(source: Source, name: str, start: int, end: int) -> Piece | None:
    """The call of this tool whose arguments are the JSON object that begins here, blanks and a fence before it."""
    space = _SPACE.match(source.text, start, end)
    begin = space.end() if space is not None else start
    found = read_json(source.text, begin, end, keys=known_keys(source.tools))
    if found is None:
        return None
    reading = CallReading(calls=(RawCall(name=name, arguments=found.value),))
    is_cut = is_unfinished(source, found.end, found.repairs, is_whole=found.is_whole)
    return _piece(start, found.end, reading, found.repairs, is_cut=is_cut)


def _piece(
    start: int, end: int, reading: CallReading, repairs: tuple[str, ...] = (), *, is_cut: bool = False
) -> Piece:
    return Piece(
        start=start, end=end, reading=CallReading() if is_cut else reading, repairs=repairs, is_cut=is_cut
    )


def with_closing(source: Source, piece: Piece, start: int, closing: re.Pattern[str]) -> Piece:
    """The piece from `start` to its closing mark; a missing one is mended, a fence and brackets before it skipped."""
    found = closing.match(source.text, piece.end) or _PARTIAL_TAG.match(source.text, piece.end)
    missing = () if found is not None or piece.is_cut else ("unclosed-tag",)
    return Piece(
        start=start,
        end=found.end() if found is not None else piece.end,
        reading=piece.reading,
        repairs=(*piece.repairs, *missing),
        is_cut=piece.is_cut,
    )
