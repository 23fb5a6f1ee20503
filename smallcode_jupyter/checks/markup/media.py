"""Whether a media query holds. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["Surroundings", "holds", "widths_named"]

_RANGE = re.compile(
    r"(?:(?P<least>[\d.]+)(?P<least_unit>px|em|rem)?\s*(?P<first><=?|>=?)\s*)?width\s*"
    r"(?:(?P<second><=?|>=?|=)\s*(?P<most>[\d.]+)(?P<most_unit>px|em|rem)?)?$"
)
_LENGTH = re.compile(r"^([\d.]+)(px|em|rem)?$")
_HEIGHT = 800.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """Where a page is shown."""

    width: int = 1280
    """In CSS pixels."""
    medium: str = "screen"
    is_dark: bool = False
    is_still: bool = False
    """Whether less movement is asked for."""


def holds(query: str, where: Surroundings) -> bool:
    """Whether a list of media queries, as text, holds. What is not understood does not."""
    text = re.sub(r"/\*.*?\*/", " ", query, flags=re.DOTALL).lower().strip()
    return not text or any(_one(part.strip(), where) for part in text.split(","))


def widths_named(query: str) -> tuple[int, ...]:
    """The widths in pixels at which a query about widths may change."""
    found = re.findall(r"([\d.]+)(px|em|rem)", query.lower()) if "width" in query.lower() else ()
    return tuple(round(_pixels(number, unit)) for number, unit in found)


def _one(text: str, where: Surroundings) -> bool:
    if text.startswith("not ") and "(" not in text.partition(" and ")[0]:
        return not _one(text[4:].strip(), where)
    text = text.removeprefix("only ").strip()
    medium = re.match(r"(all|screen|print|speech|[a-z-]+)(?:\s+and\s+|$)", text)
    if medium and not text.startswith("not"):
        if medium[1] not in ("all", where.medium):
            return False
        text = text[medium.end() :]
    return _condition(text, where, 0)


def _condition(text: str, where: Surroundings, depth: int) -> bool:
    text = text.strip()
    if not text:
        return True
    if depth > 8:
        return False
    for word, combine in ((" or ", any), (" and ", all)):
        pieces = _split(text, word)
        if len(pieces) > 1:
            return combine(_condition(piece, where, depth + 1) for piece in pieces)
    if text.startswith("not"):
        return not _condition(text[3:], where, depth + 1)
    if text.startswith("(") and text.endswith(")"):
        inside = text[1:-1].strip()
        return _condition(inside, where, depth + 1) if "(" in inside else _feature(inside, where)
    return False


def _split(text: str, word: str) -> list[str]:
    """Split where no bracket is open."""
    pieces, depth, start = [], 0, 0
    for index, character in enumerate(text):
        depth += (character == "(") - (character == ")")
        if depth == 0 and text.startswith(word, index):
            pieces.append(text[start:index])
            start = index + len(word)
    return [*pieces, text[start:]]


def _feature(text: str, where: Surroundings) -> bool:
    name, _, value = (part.strip() for part in text.partition(":"))
    if not value and (found := _RANGE.match(text)):
        return _in_range(found, where.width)
    length = _LENGTH.match(value)
    pixels = _pixels(length[1], length[2] or "px") if length else None
    if name in ("min-width", "max-width", "width", "min-device-width", "max-device-width"):
        return pixels is not None and _compare(where.width, name, pixels)
    if name in ("min-height", "max-height", "height"):
        return pixels is not None and _compare(_HEIGHT, name, pixels)
    known = {
        "orientation": "landscape" if where.width > _HEIGHT else "portrait",
        "prefers-color-scheme": "dark" if where.is_dark else "light",
        "prefers-reduced-motion": "reduce" if where.is_still else "no-preference",
        "hover": "hover",
        "any-hover": "hover",
        "pointer": "fine",
        "any-pointer": "fine",
        "scripting": "enabled",
        "update": "fast",
        "color": "8",
    }
    if name not in known:
        return False
    return known[name] == value if value else known[name] not in ("no-preference", "none")


def _compare(actual: float, name: str, wanted: float) -> bool:
    if name.startswith("min-"):
        return actual >= wanted
    return actual <= wanted if name.startswith("max-") else actual == wanted


def _in_range(found: re.Match[str], width: float) -> bool:
    """Of `400px <= width < 800px` and its halves."""
    ordered = {
        "<": lambda a, b: a < b,
        "<=": lambda a, b: a <= b,
        ">": lambda a, b: a > b,
        ">=": lambda a, b: a >= b,
        "=": lambda a, b: a == b,
    }
    is_held = True
    if found["first"]:
        is_held = ordered[found["first"]](_pixels(found["least"], found["least_unit"] or "px"), width)
    if found["second"]:
        is_held = is_held and ordered[found["second"]](
            width, _pixels(found["most"], found["most_unit"] or "px")
        )
    return is_held


def _pixels(number: str, unit: str) -> float:
    try:
        return float(number) * (1.0 if unit == "px" else 16.0)
    except ValueError:
        return -1.0
