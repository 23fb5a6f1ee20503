"""Calls as DeepSeek's models write them, and Kimi's in the same manner: name and JSON between special tokens."""

from __future__ import annotations

import re

from smallcode_jupyter.agent.parsing.bodies import read_named
from smallcode_jupyter.agent.parsing.pieces import Piece, finding_of, read_marked
from smallcode_jupyter.agent.parsing.source import Dialect, Finding, Source

__all__ = ["DEEPSEEK"]

_OPENING = re.compile(
    r"<[|｜]tool[▁_]call[▁_]begin[|｜]>\s{0,4}(?:function\s{0,4}<[|｜]tool[▁_]sep[|｜]>)?\s{0,4}(?:functions\.)?"
    r"([A-Za-z_][\w.\-]{0,80})(?::\d{1,3})?\s{0,4}(?:<[|｜]tool[▁_](?:sep|call[▁_]argument[▁_]begin)[|｜]>)?"
)
_OUTER = re.compile(r"(?:<[|｜]tool[▁_]calls(?:[▁_]section)?[▁_]begin[|｜]>\s{0,4})\Z")
_CLOSING = re.compile(
    r"[\s`]{0,16}(?:<[|｜]tool[▁_]call[▁_]end[|｜]>\s{0,4})?(?:<[|｜]tool[▁_]calls(?:[▁_]section)?[▁_]end[|｜]>)?"
)


def read(source: Source) -> Finding | None:
    """`function<sep>name`, a fence and JSON (V3, R1); `name<sep>JSON` (V3.1); `functions.name:0` and JSON (Kimi)."""
    if "call▁begin" not in source.text and "call_begin" not in source.text:
        return None
    return finding_of(source, read_marked(source, _OPENING, _read))


def _read(source: Source, found: re.Match[str]) -> Piece | None:
    piece = read_named(source, found[1], found.end(), len(source.text))
    if piece is None:
        return None
    outer = _OUTER.search(source.text, max(0, found.start() - 60), found.start())
    closing = _CLOSING.match(source.text, piece.end)
    return Piece(
        start=outer.start() if outer else found.start(),
        end=closing.end() if closing else piece.end,
        reading=piece.reading,
        repairs=piece.repairs,
        is_cut=piece.is_cut,
    )


DEEPSEEK = Dialect(name="deepseek", read=read)
