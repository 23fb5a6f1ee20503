"""Calls in the channels of gpt-oss: `<|channel|>commentary to=functions.read_file <|message|>{...}<|call|>`."""

from __future__ import annotations

import re

from smallcode_jupyter.agent.parsing.bodies import read_named
from smallcode_jupyter.agent.parsing.pieces import Piece, finding_of, read_marked
from smallcode_jupyter.agent.parsing.source import Dialect, Finding, Source

__all__ = ["HARMONY"]

_OPENING = re.compile(
    r"(?:<\|start\|>\s{0,4}assistant\s{0,4})?(?:(?:<\|channel\|>\s{0,4})?(?:commentary|analysis)\s{1,4})?"
    r"to=(?:functions|tools?)\.([A-Za-z_][\w.\-]{0,80})"
    r"(?:\s{0,4}<\|channel\|>\s{0,4}\w{1,20})?\s{0,4}(?:<\|constrain\|>)?\s{0,4}(?:json|code)?\s{0,4}<\|message\|>"
)
_CLOSING = re.compile(r"\s{0,8}(?:<\|call\|>|<\|end\|>|<\|return\|>)|")


def read(source: Source) -> Finding | None:
    """The messages to functions."""
    if "<|message|>" not in source.text:
        return None
    return finding_of(source, read_marked(source, _OPENING, _read))


def _read(source: Source, found: re.Match[str]) -> Piece | None:
    piece = read_named(source, found[1], found.end(), len(source.text))
    if piece is None:
        return None
    closing = _CLOSING.match(source.text, piece.end)
    end = closing.end() if closing else piece.end
    return Piece(
        start=found.start(), end=end, reading=piece.reading, repairs=piece.repairs, is_cut=piece.is_cut
    )


HARMONY = Dialect(name="harmony", read=read)
