"""Which lines of a text to show where there is no room for all of them. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

__all__ = ["excerpt"]

_NAME = re.compile(r"[A-Za-z_]\w{2,}")
_DEFINES = (
    r"^\s*(?:export\s+)?(?:default\s+)?(?:pub\s+)?(?:async\s+)?"
    r"(?:def|class|function|func|fn|struct|const|let|type)\s+"
)
_HEAD_LINES = 5
_BLOCK_LINES = 60
_AROUND = 3
_MOST_PLACES = 5
"""A name that more lines have says nothing about which of them are meant."""


def excerpt(text: str, *, words: str, limit: int, how: str) -> str:
    """Whole lines of `text`: the first, those around the names that `words` have, then as many as `limit` lets.

    About `limit` characters at most. Gaps are marked; `how` says in the first of them how to see it, with `{start}` and
    `{end}` for its lines.
    """
    lines = text.rstrip("\n").split("\n")
    order = [index for index in dict.fromkeys(_wanted(lines, words)) if len(lines[index]) <= limit // 2]
    for share in (1.0, 0.85, 0.7, 0.5, 0.25):
        kept = _fitting(lines, order, int(limit * share))
        shown = _marked(lines, kept, how)
        if len(shown) <= limit:
            return shown
    return _marked(lines, [], how)


def _wanted(lines: Sequence[str], words: str) -> Iterator[int]:
    """Every line's index, the most wanted first, some more than once."""
    yield from range(min(_HEAD_LINES, len(lines)))
    places: dict[str, list[int]] = {}
    names = set(_NAME.findall(words))
    for index, line in enumerate(lines):
        for name in names.intersection(_NAME.findall(line)):
            places.setdefault(name, []).append(index)
    for name, indices in sorted(places.items()):
        for index in indices:
            if re.match(_DEFINES + re.escape(name) + r"\b", lines[index]):
                yield from range(index, _block_end(lines, index))
    for indices in places.values():
        if len(indices) <= _MOST_PLACES:
            for index in indices:
                yield from range(max(0, index - _AROUND), min(len(lines), index + _AROUND + 1))
    yield from range(len(lines))


def _block_end(lines: Sequence[str], start: int) -> int:
    """The line after a definition: the next that is indented no more, closing brackets aside."""
    indent = _indent(lines[start])
    for index in range(start + 1, min(len(lines), start + _BLOCK_LINES)):
        line = lines[index]
        if line.strip() and _indent(line) <= indent and line.strip()[0] not in ")]}":
            return index
    return min(len(lines), start + _BLOCK_LINES)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _fitting(lines: Sequence[str], order: Sequence[int], room: int) -> list[int]:
    kept: list[int] = []
    for index in order:
        room -= len(lines[index]) + 1
        if room < 0:
            break
        kept.append(index)
    return sorted(kept)


def _marked(lines: Sequence[str], kept: Sequence[int], how: str) -> str:
    shown: list[str] = []
    position = 0
    for index in [*kept, len(lines)]:
        if index > position:
            which = f"line {index}" if index == position + 1 else f"lines {position + 1}-{index}"
            call = how.replace("{start}", str(position + 1)).replace("{end}", str(index))
            way = f"; {call} shows them" if how else ""
            shown.append(f"[... {which} left out{way} ...]")
            how = ""
        if index < len(lines):
            shown.append(lines[index])
        position = index + 1
    return "\n".join(shown)
