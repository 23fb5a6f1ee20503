"""Calls written as JSON in the text, fenced or bare, also where the JSON is broken."""

from __future__ import annotations

import re
from dataclasses import replace

from smallcode_jupyter.agent.parsing.call_shapes import (
    ARGUMENT_KEYS,
    NAME_KEYS,
    WRAPPER_KEYS,
    CallReading,
    known_keys,
    read_calls,
)
from smallcode_jupyter.agent.parsing.names import ToolIndex, plain
from smallcode_jupyter.agent.parsing.pieces import Piece, finding_of, is_mention, is_unfinished
from smallcode_jupyter.agent.parsing.repair import Effort, load_json, read_json, read_json_at
from smallcode_jupyter.agent.parsing.source import Dialect, Finding, Source, outside

__all__ = ["JSON_CALLS"]

_MOST_OBJECTS = 200
_MOST_MENDED = 8
"""Broken calls that are mended in one answer."""
_HEAD = 400
"""Characters among which a broken call must name its tool."""

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
_OBJECT = re.compile(
    r"\{\s{0,40}(?:(?://|#)[^\n]{0,200}\n\s{0,40})?[\"'“`]?([A-Za-z_][\w.\-]{0,60})[\"'”`]?\s{0,10}[:=]"
)
_HEADLESS = re.compile(r"\A\s{0,40}[\"'](?:name|tool|function)[\"']\s{0,10}:")
_ARRAY = re.compile(r"\[\s{0,40}\Z")
_PAIR = re.compile(r"\[\s{0,8}[\"']([A-Za-z_][\w.\-]{0,60})[\"']\s{0,8},\s{0,8}\Z")
_TAG_BEFORE = re.compile(r"(?:<\|?[a-z_]{3,20}\|?>|\bfunctools)\s{0,8}\Z", re.IGNORECASE)
_TAG_AFTER = re.compile(r"\s{0,8}</?\|?[a-z_]{3,20}\|?>", re.IGNORECASE)
_EXTRA = re.compile(r"\s{0,8}[}\]]{1,8}(?=\s|\Z|<)")
_WORD = re.compile(r"[A-Za-z_][\w\-]{0,60}")
_QUOTED = re.compile(r"[\"'“]([A-Za-z_][\w.\-]{0,60})[\"'”]")


def read(source: Source) -> Finding | None:
    """The calls of known tools. Other JSON is data; a call-shaped object of no tool is a problem."""
    pieces: list[Piece] = []
    position = 0
    for start, end in outside(source):
        for piece in _pieces(source.text, max(start, position), end, source):
            pieces.append(_with_tags(source.text, piece))
            position = max(position, piece.end)
    for fence in source.fences:
        if fence.start >= position and fence.content.lstrip()[:1] in ("{", "["):
            found = _pieces(fence.content, 0, len(fence.content), source)
            pieces += [replace(piece, start=fence.start, end=fence.end) for piece in found]
    return finding_of(source, pieces or _headless(source))


def _with_tags(text: str, piece: Piece) -> Piece:
    """The piece with a stray bracket after it and the tags around it, which are no words."""
    extra = _EXTRA.match(text, piece.end)
    end = extra.end() if extra else piece.end
    before = _TAG_BEFORE.search(text, max(0, piece.start - 32), piece.start)
    after = _TAG_AFTER.match(text, end)
    start = before.start() if before else piece.start
    repairs = (*piece.repairs, "extra-bracket") if extra else piece.repairs
    return replace(piece, start=start, end=after.end() if before and after else end, repairs=repairs)


def _pieces(text: str, start: int, end: int, source: Source) -> list[Piece]:
    """The calls (and objects shaped like calls) that begin between two offsets."""
    pieces: list[Piece] = []
    position, mended, effort = start, 0, Effort()
    for _ in range(_MOST_OBJECTS):
        found = _OBJECT.search(text, position, end)
        if found is None or effort.left <= 0:
            break
        begin = _start(text, found.start(), position)
        exact = read_json_at(text, begin, effort)
        if exact is not None:
            position = exact.end
            reading = read_calls(exact.value, source.tools)
            piece = Piece(start=begin, end=exact.end, reading=reading, repairs=exact.repairs)
        else:
            position = found.end()
            if mended >= _MOST_MENDED or not _is_lead(found[1], source.tools):
                continue
            mended += 1
            piece = _mended(text, begin, source)
            position = max(position, piece.end)
        if not is_mention(text, begin) and (piece.is_cut or piece.reading.calls or piece.reading.unknown):
            pieces.append(piece)
    return pieces


def _start(text: str, start: int, least: int) -> int:
    """The offset of the list that this object begins or is the second item of, else its own."""
    low = max(least, start - 90)
    array = _ARRAY.search(text, low, start) or _PAIR.search(text, low, start)
    return array.start() if array else start


def _is_lead(key: str, tools: ToolIndex) -> bool:
    return key in _LEADS or plain(key) in tools.by_name


def _mended(text: str, start: int, source: Source) -> Piece:
    """The broken call that begins here; an empty reading that ends where it begins if it is none."""
    nothing = Piece(start=start, end=start, reading=CallReading())
    if not _mentions_tool(text[start : start + _HEAD], source.tools):
        return nothing
    found = read_json(text, start, len(text), keys=known_keys(source.tools))
    if found is None:
        return nothing
    inner = replace(source, text=text)
    if is_unfinished(inner, found.end, found.repairs, is_whole=found.is_whole):
        return Piece(start=start, end=found.end, reading=CallReading(), is_cut=True)
    reading = read_calls(found.value, source.tools)
    if not reading.calls and not reading.unknown:
        return nothing
    return Piece(start=start, end=found.end, reading=reading, repairs=found.repairs)


def _mentions_tool(span: str, tools: ToolIndex) -> bool:
    """Whether a word near the beginning is a tool: nothing else is worth mending."""
    if any(plain(word) in tools.by_name for word in _WORD.findall(span)):
        return True
    return any(tools.find(match[1]) is not None for match in list(_QUOTED.finditer(span))[:10])


def _headless(source: Source) -> list[Piece]:
    """The call that the whole answer is where it lacks its first bracket."""
    if not _HEADLESS.match(source.text) or not _mentions_tool(source.text[:_HEAD], source.tools):
        return []
    found = load_json(source.text, keys=known_keys(source.tools))
    if found is None:
        return []
    is_cut = is_unfinished(source, found.end, found.repairs, is_whole=found.is_whole)
    reading = CallReading() if is_cut else read_calls(found.value, source.tools)
    return [Piece(start=0, end=len(source.text), reading=reading, repairs=found.repairs, is_cut=is_cut)]


JSON_CALLS = Dialect(name="json", read=read)
