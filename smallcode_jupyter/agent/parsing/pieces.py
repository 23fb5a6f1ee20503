"""Calls found in a text, each with its place: what the dialects that read marks and JSON have in common."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from smallcode_jupyter.agent.parsing.call_shapes import CallReading
from smallcode_jupyter.agent.parsing.fences import Fence
from smallcode_jupyter.agent.parsing.problems import cut_off, unknown_tool
from smallcode_jupyter.agent.parsing.source import Finding, Source, without
from smallcode_jupyter.protocol.events import Repair

__all__ = ["Piece", "finding_of", "is_mention", "is_unfinished", "read_marked"]

_MOST_MARKS = 200
"""Marks of one kind in an answer; more are repetition."""
_MOST_EMPTY = 16
"""Marks with nothing like a call after them, or one whose end had to be guessed: each may be read to the end."""
_GUESSED = frozenset(
    {"unescaped-quotes", "unclosed-string", "missing-bracket", "wrong-bracket", "missing-quote"}
)
"""Mends that guess where a value ends."""
_SHOWN_WITH = "\"'“”‘’\\"
"""Characters before a mark that is talked about."""
_LINE = 400
"""Characters of a line that are looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of the text that is calls, or meant to be."""

    start: int
    end: int
    reading: CallReading
    repairs: tuple[str, ...] = ()
    is_cut: bool = False
    """Whether the answer stops inside it: it is then no call."""


def finding_of(source: Source, pieces: Sequence[Piece]) -> Finding | None:
    """What the pieces say together; None if there are none."""
    if not pieces:
        return None
    pieces = sorted(pieces, key=lambda piece: piece.start)
    calls = tuple(call for piece in pieces for call in piece.reading.calls)
    repairs: list[Repair] = []
    for piece in pieces:
        repairs += [Repair(name=name) for name in piece.repairs if piece.reading.calls]
        repairs += piece.reading.repairs
    is_cut = any(piece.is_cut for piece in pieces)
    names = dict.fromkeys(name[:60] for piece in pieces for name in piece.reading.unknown)
    spans = [(piece.start, piece.end) for piece in pieces if piece.reading.calls]
    return Finding(
        calls=calls,
        text=without(source.text, spans) if spans else source.text.strip(),
        repairs=tuple(repairs),
        problems=(
            *([cut_off("The tool call", hint="Write the call again, shorter.")] if is_cut else []),
            *(unknown_tool(name, source.tools) for name in list(names)[:3]),
        ),
        is_final=bool(calls) or is_cut,
    )


def read_marked(
    source: Source, opening: re.Pattern[str], read: Callable[[Source, re.Match[str]], Piece | None]
) -> list[Piece]:
    """What `read` makes of each opening mark that is not merely talked about, in order and without overlap.

    A mark inside a fenced block counts only where such a mark is the first thing in the block: a model wrapped the
    call. Elsewhere in a block it is content.
    """
    pieces: list[Piece] = []
    position = empty = 0
    for _ in range(_MOST_MARKS):
        found = opening.search(source.text, position)
        if found is None or empty > _MOST_EMPTY:
            break
        position = found.end()
        fence = _around(source, found.start(), pieces[-1].end if pieces else 0)
        if is_mention(source.text, found.start()) or (fence and not _opens(source.text, fence, opening)):
            continue
        piece = read(source, found)
        if piece is None:
            empty += 1
            continue
        empty += not _GUESSED.isdisjoint(piece.repairs)
        position = max(position, piece.end)
        if fence is not None:
            piece = replace(piece, start=min(piece.start, fence.start), end=max(piece.end, fence.end))
        pieces.append(piece)
    return pieces


def is_unfinished(source: Source, end: int, repairs: Sequence[str], *, is_whole: bool) -> bool:
    """Whether the answer was cut inside the value that ends here, or where its end had to be guessed."""
    if not source.is_cut or is_whole is False:
        return source.is_cut
    return not _GUESSED.isdisjoint(repairs) and not source.text[end:].strip()


def is_mention(text: str, start: int) -> bool:
    """Whether what begins here is quoted, or code within a sentence, as in prose about calls."""
    if start > 0 and text[start - 1] in _SHOWN_WITH:
        return True
    before = text[max(0, start - _LINE, text.rfind("\n", 0, start) + 1) : start]
    if before.count("`") % 2 == 0:
        return False
    return any(mark.isalnum() for mark in before[: before.rindex("`")])


def _around(source: Source, offset: int, least: int) -> Fence | None:
    """The fenced block that holds this offset; blocks that begin inside an earlier call are its content."""
    for fence in source.fences:
        if fence.start > offset:
            return None
        if fence.start >= least and offset < fence.end:
            return fence
    return None


def _opens(text: str, fence: Fence, opening: re.Pattern[str]) -> bool:
    begin = text.find("\n", fence.start)
    head = re.compile(r"\s{0,40}").match(text, begin) if 0 <= begin < fence.end else None
    return head is not None and opening.match(text, head.end()) is not None
