"""Lines of `key: value`, as in YAML: block texts, lists, quoted and bare values."""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Callable
from dataclasses import dataclass

from smallcode_jupyter.protocol.tools import Json

__all__ = ["Lines", "read_lines"]

_MOST = 32
"""Keys of one call."""
_LINE = re.compile(
    r"[ \t]*(?:[-*][ \t]+)?[\"'`*_]{0,3}([A-Za-z_][\w\-]{0,60})[\"'`*_]{0,3}[ \t]*:(?:[ \t]+(.*))?[ \t]*$"
)
_BLOCK = re.compile(r"[|>][+-]?[ \t]*\Z")
_ITEM = re.compile(r"[ \t]*[-*][ \t]+(.*)\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """The lines that were read."""

    values: dict[str, Json]
    end: int
    """Offset after the last line's break, or of the end."""
    is_whole: bool = True
    """False where the text ends in the last of these lines or in the one after them."""


def read_lines(text: str, start: int, *, is_known: Callable[[str], bool]) -> Lines:
    """The pairs from the line that begins at `start`, up to the first that is none or has an unknown key."""
    values: dict[str, Json] = {}
    position = start
    for _ in range(_MOST):
        line, after = _line(text, position)
        found = _LINE.match(line)
        if found is None or not is_known(found[1]):
            break
        written = (found[2] or "").strip()
        if _BLOCK.match(written):
            values[found[1]], position = _block(text, after, _indent(line))
        elif written:
            values[found[1]], position = _scalar(written), after
        else:
            items, position = _items(text, after)
            values[found[1]] = items or ""
    return Lines(values=values, end=position, is_whole="\n" in text[position:])


def _line(text: str, start: int) -> tuple[str, int]:
    end = text.find("\n", start)
    return (text[start:], len(text)) if end < 0 else (text[start:end], end + 1)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _block(text: str, start: int, indent: int) -> tuple[str, int]:
    """The lines indented deeper than their key, without that indentation."""
    kept: list[str] = []
    position = start
    while position < len(text):
        line, after = _line(text, position)
        if line.strip() and _indent(line) <= indent:
            break
        kept.append(line)
        position = after
    return textwrap.dedent("\n".join(kept)).rstrip("\n") + "\n", position


def _items(text: str, start: int) -> tuple[list[Json], int]:
    items: list[Json] = []
    position = start
    while position < len(text):
        line, after = _line(text, position)
        found = _ITEM.match(line)
        if found is None:
            break
        items.append(_scalar(found[1].strip()))
        position = after
    return items, position


def _scalar(written: str) -> Json:
    if written[:1] in ('"', "[", "{"):
        try:
            value: Json = json.loads(written)
        except (ValueError, RecursionError):
            value = written.strip('"')
        return value
    if len(written) > 1 and written[0] == written[-1] and written[0] in "'`":
        return written[1:-1]
    return written
