"""Where the parts of a JSON text begin and end, without building all of it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from smallcode_jupyter.protocol.tools import Json

__all__ = ["Span", "elements", "members", "parse"]

Span = tuple[int, int]
"""Half-open range of characters."""

_DECODER = json.JSONDecoder()
_STRUCTURE = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"|[\[\]{}"]', re.DOTALL)
"""Strings whole (a lone quote where one does not end), and brackets."""
_BLANK = re.compile(r"[ \t\n\r]*")


def parse(text: str, span: Span | None, *, default: Json = None) -> Json:
    """The value at the span; `default` where there is no span. Raises ValueError for what is no JSON."""
    if span is None:
        return default
    value: Json = _DECODER.raw_decode(text, span[0])[0]
    return value


def members(text: str, start: int) -> dict[str, Span]:
    """The members of the object that begins at `start` (blanks before it are skipped) and where their values stand.

    Raises ValueError where no whole object stands there. The last of equal names counts, as in `json.loads`.
    """
    found: dict[str, Span] = {}
    position = _expect(text, _skip(text, start), "{")
    while not text.startswith("}", position):
        if found:
            position = _expect(text, position, ",")
        if not text.startswith('"', position):
            raise ValueError(f"a name is expected at character {position}")
        name, position = _DECODER.raw_decode(text, position)
        position = _expect(text, _skip(text, position), ":")
        end = _end(text, position)
        found[name] = (position, end)
        position = _skip(text, end)
    return found


def elements(text: str, start: int) -> Iterator[Span]:
    """Where the elements of the array that begins at `start` stand. Raises ValueError as `members` does."""
    position = _expect(text, _skip(text, start), "[")
    is_first = True
    while not text.startswith("]", position):
        if not is_first:
            position = _expect(text, position, ",")
        end = _end(text, position)
        yield position, end
        position, is_first = _skip(text, end), False


def _end(text: str, position: int) -> int:
    """Where the value that begins here ends. Objects and arrays are passed over, not checked: `parse` does that."""
    if not text.startswith(("{", "[", '"'), position):
        return _DECODER.raw_decode(text, position)[1]
    depth = 0
    for token in _STRUCTURE.finditer(text, position):
        mark = text[token.start()]
        if token[0] == '"':
            break
        if mark in "{[":
            depth += 1
        elif mark in "]}":
            depth -= 1
        if depth == 0:
            return token.end()
    raise ValueError(f"the value at character {position} does not end")


def _skip(text: str, position: int) -> int:
    found = _BLANK.match(text, position)
    assert found is not None
    return found.end()


def _expect(text: str, position: int, mark: str) -> int:
    if not text.startswith(mark, position):
        raise ValueError(f"`{mark}` is expected at character {position}")
    return _skip(text, position + 1)
