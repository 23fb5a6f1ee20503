"""Calls written as JSON in the text, fenced or bare, also where the JSON is broken."""

from __future__ import annotations

import re
from dataclasses import dataclass

from smallcode_jupyter.agent.parsing.call_shapes import (
    ARGUMENT_KEYS,
    NAME_KEYS,
    WRAPPER_KEYS,
    CallReading,
    read_calls,
)
from smallcode_jupyter.agent.parsing.names import ToolIndex, plain
from smallcode_jupyter.agent.parsing.problems import cut_off, unknown_tool
from smallcode_jupyter.agent.parsing.repair import load_json, read_json_at
from smallcode_jupyter.agent.parsing.source import Dialect, Finding, Source, outside, without
from smallcode_jupyter.protocol.errors import Problem
from smallcode_jupyter.protocol.events import Repair

__all__ = ["JSON_CALLS"]

_LONGEST = 65_536
"""Characters of one call that is no valid JSON."""
_MOST_OBJECTS = 200
_MOST_MENDED = 8
"""Broken calls that are mended in one answer."""

_LEADS = frozenset(
    {
        *NAME_KEYS,
        *ARGUMENT_KEYS,
        *WRAPPER_KEYS,
        "type",
        "id",
        "thought",
        "thoughts",
        "reasoning",
        "explanation",
    }
)
_OBJECT = re.compile(r"\{\s{0,40}[\"'“]?([A-Za-z_][\w.\-]{0,60})[\"'”]?\s{0,10}:")
_NEXT = re.compile(r"\n\{\s{0,40}[\"'“]?(?:name|tool|function)[\"'”]?\s{0,10}:")
_ARRAY = re.compile(r"\[\s{0,40}\Z")
_TAG_BEFORE = re.compile(r"<\|?[a-z_]{3,20}\|?>\s{0,8}\Z", re.IGNORECASE)
_TAG_AFTER = re.compile(r"\s{0,8}</?\|?[a-z_]{3,20}\|?>", re.IGNORECASE)
_EXTRA = re.compile(r"\s{0,8}[}\]]{1,8}(?=\s|\Z)")
_TOKEN = re.compile(r"\\.|[\"{}\[\]]", re.DOTALL)
_SINGLE = re.compile(r"\\.|[\"'{}\[\]]", re.DOTALL)
_WORD = re.compile(r"[A-Za-z_][\w\-]{0,60}")
_QUOTED = re.compile(r"[\"'“]([A-Za-z_][\w.\-]{0,60})[\"'”]")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Piece:
    """A JSON value in the text."""

    start: int
    end: int
    reading: CallReading
    repair: str = ""
    is_cut: bool = False


def read(source: Source) -> Finding | None:
    """The calls of known tools. Other JSON is data; a call-shaped object of no tool is a problem."""
    pieces: list[_Piece] = []
    for start, end in outside(source):
        pieces += [_with_tags(source.text, piece) for piece in _pieces(source.text, start, end, source)]
    for fence in source.fences:
        if fence.content.lstrip()[:1] in ("{", "[", "<"):
            found = _pieces(fence.content, 0, len(fence.content), source)
            pieces += [_moved(piece, fence.start, fence.end) for piece in found]
    pieces.sort(key=lambda piece: piece.start)
    if not pieces:
        return None
    calls = tuple(call for piece in pieces for call in piece.reading.calls)
    repairs: list[Repair] = []
    for piece in pieces:
        repairs += [Repair(name=piece.repair)] if piece.repair and piece.reading.calls else []
        repairs += piece.reading.repairs
    is_cut = any(piece.is_cut for piece in pieces)
    problems = (
        *([cut_off("The tool call", hint="Write the call again, shorter.")] if is_cut else []),
        *_unknown(source.tools, pieces),
    )
    spans = [(piece.start, piece.end) for piece in pieces if piece.reading.calls]
    return Finding(
        calls=calls,
        text=without(source.text, spans) if spans else source.text.strip(),
        repairs=tuple(repairs),
        problems=problems,
        is_final=bool(calls) or is_cut,
    )


def _with_tags(text: str, piece: _Piece) -> _Piece:
    """The piece with a stray bracket after it and the tags around it (`<tool_call>`), which are no words."""
    extra = _EXTRA.match(text, piece.end)
    end = extra.end() if extra else piece.end
    before = _TAG_BEFORE.search(text, max(0, piece.start - 32), piece.start)
    after = _TAG_AFTER.match(text, end)
    return _moved(piece, before.start() if before else piece.start, after.end() if before and after else end)


def _moved(piece: _Piece, start: int, end: int) -> _Piece:
    return _Piece(start=start, end=end, reading=piece.reading, repair=piece.repair, is_cut=piece.is_cut)


def _pieces(text: str, start: int, end: int, source: Source) -> list[_Piece]:
    """The calls (and objects shaped like calls) between two offsets."""
    pieces: list[_Piece] = []
    position, mended = start, 0
    for _ in range(_MOST_OBJECTS):
        found = _OBJECT.search(text, position, end)
        if found is None:
            break
        begin = _start(text, found.start(), position)
        exact = read_json_at(text, begin)
        if exact is not None and exact.end <= end:
            position = exact.end
            piece = _Piece(
                start=begin, end=exact.end, reading=read_calls(exact.value, source.tools), repair=exact.repair
            )
        else:
            position = found.end()
            if mended >= _MOST_MENDED or not _is_lead(found[1], source.tools):
                continue
            mended += 1
            piece = _mended(text, begin, end, source)
            position = max(position, piece.end)
        if piece.is_cut or piece.reading.calls or piece.reading.unknown:
            pieces.append(piece)
    return pieces


def _start(text: str, start: int, least: int) -> int:
    """The offset of the list that this object begins, else its own."""
    array = _ARRAY.search(text, max(least, start - 41), start)
    return array.start() if array else start


def _is_lead(key: str, tools: ToolIndex) -> bool:
    return key in _LEADS or plain(key) in tools.by_name


def _mended(text: str, start: int, end: int, source: Source) -> _Piece:
    """The broken call that begins here; an empty reading that ends where it begins if it is none."""
    following = _NEXT.search(text, start + 1, end) if text[start] == "{" else None
    limit = min(following.start() if following else end, start + _LONGEST)
    nothing = _Piece(start=start, end=start, reading=CallReading())
    if not _mentions_tool(text[start:limit], source.tools):
        return nothing
    closing = _closing(text, start, limit)
    if closing is None and source.is_cut and following is None:
        return _Piece(start=start, end=limit, reading=CallReading(), is_cut=True)
    last = max(text.rfind("}", start, limit), text.rfind("]", start, limit)) + 1
    for stop in dict.fromkeys((closing or limit, last or limit, limit)):
        loaded = load_json(text[start:stop])
        reading = read_calls(loaded.value, source.tools) if loaded is not None else CallReading()
        if loaded is not None and (reading.calls or reading.unknown):
            return _Piece(start=start, end=stop, reading=reading, repair=loaded.repair)
    return nothing


def _mentions_tool(span: str, tools: ToolIndex) -> bool:
    """Whether a word near the beginning is a tool: nothing else is worth mending."""
    if any(plain(word) in tools.by_name for word in _WORD.findall(span[:400])):
        return True
    return any(tools.find(match[1]) is not None for match in list(_QUOTED.finditer(span[:400]))[:10])


def _closing(text: str, start: int, end: int) -> int | None:
    """The offset after the bracket that closes the value, strings respected; None if it is not closed."""
    is_single = text[start : start + 60].lstrip("[{ \t\n")[:1] == "'"
    depth, quote = 0, ""
    for token in (_SINGLE if is_single else _TOKEN).finditer(text, start, end):
        mark = token.group()
        if mark in ('"', "'"):
            quote = "" if mark == quote else quote or mark
        elif quote or len(mark) > 1:
            continue
        else:
            depth += 1 if mark in "[{" else -1
            if depth == 0:
                return token.end()
    return None


def _unknown(tools: ToolIndex, pieces: list[_Piece]) -> list[Problem]:
    names = dict.fromkeys(name[:60] for piece in pieces for name in piece.reading.unknown)
    return [unknown_tool(name, tools) for name in list(names)[:3]]


JSON_CALLS = Dialect(name="json", read=read)
