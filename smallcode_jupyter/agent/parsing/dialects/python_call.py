"""Calls written as Python: `read_file("a.py")` on a line of its own, in a list, or alone in a fence."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from itertools import islice

from smallcode_jupyter.agent.parsing.bodies import read_body
from smallcode_jupyter.agent.parsing.call_shapes import CallReading
from smallcode_jupyter.agent.parsing.names import ToolIndex
from smallcode_jupyter.agent.parsing.pieces import Piece, finding_of, is_unfinished
from smallcode_jupyter.agent.parsing.repair import parse_python
from smallcode_jupyter.agent.parsing.source import Dialect, Finding, RawCall, Source, outside
from smallcode_jupyter.agent.parsing.written_calls import NAME, call_of, read_written_call

__all__ = ["PYTHON_CALL", "holds_fences", "is_only_calls"]

_MOST_TRIES = 4
"""Lines that begin like a call and turn out not to be one, or only with mends: each may be read to the end."""
_MOST_LINES = 2_000
"""Lines that look like any call."""
_MOST_CALLS = 100
"""Calls in one answer; more are repetition."""

_LINE = re.compile(
    rf"^[ \t]{{0,3}}(?:>>> ?|[-*] |\d{{1,2}}\. )?`{{0,2}}(?:(?P<list>\[\s{{0,8}})|[A-Za-z_]\w{{0,40}} ?= ?)?"
    rf"(?={NAME.pattern})",
    re.MULTILINE,
)
_FIRST = re.compile(rf"\s*(?:[A-Za-z_]\w{{0,40}} *= *)?{NAME.pattern}")
_AFTER = re.compile(r"`{0,2}[;.]?[ \t]*(?:#[^\n]{0,200})?(?=\n|\Z)")
_DEFINED = re.compile(r"\b(?:def|function|fn|func)\s{1,4}([A-Za-z_]\w{0,80})\s{0,4}\(")


def read(source: Source) -> Finding | None:
    """Calls of known tools with literal arguments; positional ones in the order of the tool's parameters.

    A function of the same name that the answer defines is no tool.
    """
    own = {found[1] for found in _DEFINED.finditer(source.text)}
    pieces = _in_words(source)
    position = max((piece.end for piece in pieces), default=0)
    for fence in source.fences:
        if fence.start >= position and (fence.is_closed or not source.is_cut):
            calls = tuple(_only_calls(fence.content, source.tools))
            pieces += (
                [Piece(start=fence.start, end=fence.end, reading=CallReading(calls=calls))] if calls else []
            )
    kept = [piece for piece in pieces if not any(call.name in own for call in piece.reading.calls)]
    return finding_of(source, kept)


def holds_fences(source: Source) -> bool:
    """Whether a call begins outside all fences and a text in it holds one: that fence is then no block of its own."""
    return any(
        piece.start < fence.start < piece.end
        for piece in (_in_words(source) if source.fences else ())
        for fence in source.fences
    )


def is_only_calls(code: str, tools: ToolIndex) -> bool:
    """Whether the code does nothing but call tools: then it is no file."""
    return bool(_only_calls(code, tools))


def _only_calls(code: str, tools: ToolIndex) -> list[RawCall]:
    first = _FIRST.match(code)
    if first is None or tools.find_distinct(first[1]) is None:
        return []
    tree = parse_python(code)
    if not isinstance(tree, ast.Module):
        return []
    calls: list[RawCall] = []
    for node in tree.body[:_MOST_CALLS]:
        call = call_of(node.value, tools) if isinstance(node, ast.Expr | ast.Assign) else None
        if call is None:
            return []
        calls.append(call)
    return calls


def _in_words(source: Source) -> list[Piece]:
    """The calls that begin outside all fences, on lines of their own."""
    pieces: list[Piece] = []
    position = tries = 0
    for line in islice(_lines(source), _MOST_LINES):
        if tries > _MOST_TRIES or len(pieces) >= _MOST_CALLS:
            break
        if line.start() < position or source.tools.find_distinct(line[2]) is None:
            continue
        piece = _listed(source, line) if line["list"] else _call(source, line)
        tries += piece is None or bool(piece.repairs)
        if piece is not None:
            pieces.append(piece)
            position = piece.end
    return pieces


def _lines(source: Source) -> Iterator[re.Match[str]]:
    for start, end in outside(source):
        yield from _LINE.finditer(source.text, start, end)


def _call(source: Source, line: re.Match[str]) -> Piece | None:
    """The call that begins here; a text in it may hold fences, so it may end beyond the words before the next one."""
    end = len(source.text)
    written = read_written_call(source.text, line.end(), end, source.tools)
    after = _AFTER.match(source.text, written.end, end) if written is not None else None
    if written is None or after is None:
        return None
    is_cut = is_unfinished(source, written.end, written.repairs, is_whole=written.is_whole)
    reading = CallReading() if is_cut else CallReading(calls=(written.call,))
    return Piece(start=line.start(), end=after.end(), reading=reading, repairs=written.repairs, is_cut=is_cut)


def _listed(source: Source, opening: re.Match[str]) -> Piece | None:
    """`[read_file("a.py"), run_tests()]`, the whole of its lines."""
    end = len(source.text)
    body = read_body(source, opening.start("list"), end)
    after = _AFTER.match(source.text, body.end, end) if body is not None else None
    known = body is not None and all(source.tools.find_distinct(call.name) for call in body.reading.calls)
    if body is None or after is None or not known:
        return None
    return Piece(
        start=opening.start(),
        end=after.end(),
        reading=body.reading,
        repairs=body.repairs,
        is_cut=body.is_cut,
    )


PYTHON_CALL = Dialect(name="python-call", read=read)
