"""Moving a piece of an answer to its place in a file, indented as the file is."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

from smallcode_jupyter.workspace.grammar import Source, edited, walk
from smallcode_jupyter.workspace.pieces import Piece

__all__ = ["indent_of", "moved", "unit_of"]

_LITERALS = frozenset(
    ("interpreted_string_literal", "raw_string_literal", "string", "string_literal", "template_string")
)
_BLANKS = re.compile(rb"[ \t]*")


def indent_of(source: Source, offset: int) -> str:
    """The blanks at the beginning of a line."""
    start = source.data.rfind(b"\n", 0, offset) + 1
    found = _BLANKS.match(source.data, start)
    return found[0].decode() if found else ""


def moved(source: Source, piece: Piece, *, indent: str, unit: str) -> str:
    """The piece's text, its lines indented as the file is; what stands inside of strings is not moved.

    `indent` is where it begins, without those blanks; `unit` is one step of the file's indentation, empty to keep the
    answer's.
    """
    fixed = {
        row
        for node in walk(piece.node)
        if node.type in _LITERALS
        for row in range(node.start_point[0] + 1, node.end_point[0] + 1)
    }
    was = indent_of(source, piece.start)
    row = source.data.count(b"\n", 0, piece.lead)
    at = source.data.find(b"\n", piece.lead, piece.end) + 1
    shifts: dict[int, str] = {}
    while at:
        row += 1
        blanks = indent_of(source, at)
        is_blank = source.data[at + len(blanks) : at + len(blanks) + 1] == b"\n"
        if row not in fixed and not is_blank and blanks.startswith(was):
            shifts[at] = blanks
        at = source.data.find(b"\n", at, piece.end) + 1
    step = unit_of("\n".join(f"{blanks[len(was) :]}x" for blanks in shifts.values()).encode())
    lines = [
        (at, at + len(blanks), (indent + _converted(blanks[len(was) :], step, unit)))
        for at, blanks in shifts.items()
    ]
    shifted = [(start - piece.lead, end - piece.lead, blanks) for start, end, blanks in lines]
    return edited(source.data[piece.lead : piece.end], shifted)


def _converted(blanks: str, step: str, unit: str) -> str:
    """An indentation in other steps; what is left over stays."""
    if not unit or not step or unit == step:
        return blanks
    depth = 0
    while blanks.startswith(step):
        blanks, depth = blanks[len(step) :], depth + 1
    return unit * depth + blanks


@lru_cache(maxsize=4)
def unit_of(data: bytes) -> str:
    """One step of a text's indentation: a tab, or the fewest blanks; empty where nothing is indented."""
    widths = Counter(re.findall(rb"^([ \t]+)[^\s*]", data, re.MULTILINE))
    if not widths:
        return ""
    tabs = sum(count for blanks, count in widths.items() if blanks.startswith(b"\t"))
    if 2 * tabs >= widths.total():
        return "\t"
    return " " * min((len(blanks) for blanks in widths if len(blanks) > 1 and b"\t" not in blanks), default=0)
