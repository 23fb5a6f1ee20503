"""Values of style properties in one spelling: `#FFF`, `white` and `rgb(255 255 255)` are the same."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

import tinycss2
from tinycss2 import color4
from tinycss2.ast import Node

__all__ = ["Parts", "canonical", "names_in", "parts_of", "shown", "substituted", "uses_variables"]

Parts = tuple[str, ...]
"""A value's words, commas and slashes among them: `("1px", "solid", "#ff0000")`."""
_PIXELS = {"px": 1.0, "pt": 4 / 3, "pc": 16.0, "in": 96.0, "cm": 96 / 2.54, "mm": 9.6 / 2.54, "rem": 16.0}
_WORDS = {"bold": "700", "regular": "400", "grey": "gray"}
_NOT_COLOURS = re.compile(r"^(?:--|font|animation|transition|grid|content|counter|will|view|container)")
_DEEPEST = 12


def names_in(text: str) -> frozenset[str]:
    """The words of a list, for tables."""
    return frozenset(text.split())


def parts_of(tokens: Sequence[Node], name: str) -> Parts:
    """A property's value, split and in one spelling."""
    return tuple(_parts(tokens, is_coloured=_NOT_COLOURS.match(name) is None, depth=0))


def canonical(text: str, name: str) -> Parts:
    """The same, of a value's text."""
    return parts_of(tinycss2.parse_component_value_list(text, skip_comments=True), name)


def shown(parts: Parts) -> str:
    """The value as one text."""
    return " ".join(parts)


def _parts(tokens: Sequence[Node], *, is_coloured: bool, depth: int) -> Iterator[str]:
    for token in tokens:
        if token.type not in ("whitespace", "comment"):
            yield _spelled(token, is_coloured, depth)


def _spelled(token: Node, is_coloured: bool, depth: int) -> str:
    match token.type:
        case "ident":
            return _colour(token) if is_coloured else _word(token.lower_value)
        case "hash":
            return _colour(token)
        case "number":
            return _number(token.value)
        case "percentage":
            return "0" if token.value == 0 else f"{_number(token.value)}%"
        case "dimension":
            return _length(token.value, token.lower_unit)
        case "string":
            return f'"{token.value}"'
        case "url":
            return f"url({token.value})"
        case "function":
            return _function(token, is_coloured, depth)
        case "[] block" | "() block" | "{} block":
            inside = _parts(token.content, is_coloured=is_coloured, depth=depth + 1)
            return f"{token.type[0]}{' '.join(inside) if depth < _DEEPEST else ''}{token.type[1]}"
    return str(getattr(token, "value", ""))


def _word(text: str) -> str:
    return _WORDS.get(text, text)


def _number(value: float) -> str:
    return f"{value:.4g}" if abs(value) < 10_000 else f"{value:.7g}"


def _length(value: float, unit: str) -> str:
    if value == 0:
        return "0"
    if unit in _PIXELS:
        return f"{_number(value * _PIXELS[unit])}px"
    if unit == "s":
        return f"{_number(value * 1_000)}ms"
    return f"{_number(value)}{unit}"


def _function(token: Node, is_coloured: bool, depth: int) -> str:
    name = token.lower_name
    if is_coloured and name in ("rgb", "rgba", "hsl", "hsla", "hwb"):
        return _colour(token)
    if depth >= _DEEPEST:
        return f"{name}()"
    if name == "url":
        return f"url({''.join(getattr(part, 'value', '') for part in token.arguments)})"
    inside = " ".join(_parts(token.arguments, is_coloured=is_coloured, depth=depth + 1))
    if name == "calc" and re.fullmatch(r"[-\w.%]+", inside):
        return inside
    return f"{name}({inside})"


def _colour(token: Node) -> str:
    """A colour as `#rrggbb`, with two more digits where it is not opaque; what is none stays a word."""
    fallback = _word(token.lower_value) if token.type == "ident" else token.serialize().lower()
    try:
        found = color4.parse_color(token)
        if found is None or isinstance(found, str):
            return fallback
        red, green, blue = (
            round(255 * min(max(part or 0.0, 0.0), 1.0)) for part in found.to("srgb").coordinates
        )
        alpha = 1.0 if found.alpha is None else float(found.alpha)
    except (ValueError, TypeError, NotImplementedError, AttributeError, OverflowError):
        return fallback
    if alpha == 0:
        return "transparent"
    return f"#{red:02x}{green:02x}{blue:02x}" + (f"{round(255 * alpha):02x}" if alpha < 1 else "")


def uses_variables(tokens: Sequence[Node], depth: int = 0) -> bool:
    """Whether `var()` occurs anywhere in a value."""
    if depth > _DEEPEST:
        return False
    for token in tokens:
        inside = getattr(token, "arguments", None) or getattr(token, "content", None)
        if token.type == "function" and token.lower_name == "var":
            return True
        if inside and uses_variables(inside, depth + 1):
            return True
    return False


def substituted(
    tokens: Sequence[Node], variables: Mapping[str, Sequence[Node]], depth: int = 0
) -> list[Node] | None:
    """The value with what its variables hold. None where one holds nothing, or holds itself."""
    found: list[Node] = []
    for token in tokens:
        if depth > _DEEPEST or len(found) > 500:
            return None
        if token.type == "function" and token.lower_name == "var":
            inside = _variable(token.arguments, variables, depth)
            if inside is None:
                return None
            found += inside
        elif token.type == "function" and uses_variables(token.arguments):
            inside = substituted(token.arguments, variables, depth + 1)
            if inside is None:
                return None
            found.append(type(token)(token.source_line, token.source_column, token.name, inside))
        else:
            found.append(token)
    return found


def _variable(
    arguments: Sequence[Node], variables: Mapping[str, Sequence[Node]], depth: int
) -> list[Node] | None:
    words = [token for token in arguments if token.type not in ("whitespace", "comment")]
    if not words or words[0].type != "ident":
        return None
    held = variables.get(words[0].value)
    if held is not None:
        inside = substituted(held, variables, depth + 1)
        if inside is not None:
            return inside
    if len(words) > 1 and words[1].type == "literal" and words[1].value == ",":
        start = next(index for index, token in enumerate(arguments) if token is words[1])
        return substituted(arguments[start + 1 :], variables, depth + 1)
    return None
