"""Shorthand properties written out: `margin: 0 auto` is four, `flex: 1` is three."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from smallcode_jupyter.checks.markup.values import Parts, names_in

__all__ = ["LONGHANDS", "longhands"]

Written = dict[str, Parts]
_SIDES = ("top", "right", "bottom", "left")
_CORNERS = ("top-left", "top-right", "bottom-right", "bottom-left")
_EVERYWHERE = frozenset({"inherit", "initial", "unset", "revert", "revert-layer"})
_LINE_STYLES = names_in("none hidden dotted dashed solid double groove ridge inset outset")
_WIDTHS = frozenset({"thin", "medium", "thick"})
_LENGTH = re.compile(r"^[-+]?[\d.]+(?:[a-z%]+)?$|^(?:calc|min|max|clamp)\(")
_IS_COLOUR = re.compile(
    r"^#|^(?:rgb|hsl|hwb|lab|lch|oklab|oklch|color|color-mix)\(|^(?:transparent|currentcolor)$"
)
_FONT_SIZES = names_in("xx-small x-small small medium large x-large xx-large larger smaller")
_FONT_WEIGHTS = re.compile(r"^(?:[1-9]\d{2}|1000|lighter|bolder)$")
_LOGICAL = {"inline": ("left", "right"), "block": ("top", "bottom")}
_RENAMED = {
    "grid-gap": "gap",
    "grid-row-gap": "row-gap",
    "grid-column-gap": "column-gap",
    "word-wrap": "overflow-wrap",
    "inline-size": "width",
    "block-size": "height",
    "min-inline-size": "min-width",
    "max-inline-size": "max-width",
    "margin-inline-start": "margin-left",
    "margin-inline-end": "margin-right",
    "margin-block-start": "margin-top",
    "margin-block-end": "margin-bottom",
    "padding-inline-start": "padding-left",
    "padding-inline-end": "padding-right",
    "padding-block-start": "padding-top",
    "padding-block-end": "padding-bottom",
}


def longhands(name: str, parts: Parts) -> Written:
    """The properties that one declaration sets. What is not understood is kept under its own name."""
    name = _RENAMED.get(name, name)
    names = LONGHANDS.get(name)
    if names is None:
        return {name: parts}
    if len(parts) == 1 and parts[0] in _EVERYWHERE:
        return dict.fromkeys(names, parts)
    written = _WRITERS[_kind(name)](name, parts)
    return written or {name: parts}


def _kind(name: str) -> str:
    if name in _WRITERS:
        return name
    if name.startswith("border") or name == "outline":
        return "line" if name not in ("border-width", "border-style", "border-color") else "box"
    return "pair" if "inline" in name or "block" in name else "box"


def _box(name: str, parts: Parts) -> Written:
    """One to four values, clockwise from the top."""
    if not 1 <= len(parts) <= 4:
        return {}
    top, right, bottom, left = (*parts, *parts, *parts, *parts)[:4] if len(parts) != 3 else (*parts, parts[1])
    return dict(zip(LONGHANDS[name], ((top,), (right,), (bottom,), (left,)), strict=True))


def _pair(name: str, parts: Parts) -> Written:
    if not 1 <= len(parts) <= 2:
        return {}
    return dict(zip(LONGHANDS[name], ((parts[0],), (parts[-1],)), strict=True))


def _radius(name: str, parts: Parts) -> Written:
    return {} if "/" in parts else _box(name, parts)


def _line(name: str, parts: Parts) -> Written:
    """A border or an outline: width, style and colour in any order."""
    width, style, colour = "medium", "none", "currentcolor"
    for part in parts:
        if part in _LINE_STYLES:
            style = part
        elif part in _WIDTHS or _LENGTH.match(part):
            width = part
        else:
            colour = part
    if style in ("none", "hidden"):
        width, colour = "0", "currentcolor"
    kinds = {"width": (width,), "style": (style,), "color": (colour,)}
    return {long: kinds[long.rpartition("-")[2]] for long in LONGHANDS[name]}


def _background(_: str, parts: Parts) -> Written:
    """The colour and the image by themselves; what else there is stays in one piece."""
    written: Written = {"background-color": ("transparent",), "background-image": ("none",)}
    rest = []
    for part in parts:
        if part.startswith("url(") or "gradient(" in part or "image" in part:
            written["background-image"] = (part,)
        elif _IS_COLOUR.match(part):
            written["background-color"] = (part,)
        elif part != "none":
            rest.append(part)
    return written | {"background-rest": tuple(rest) or ("none",)}


def _flex(_: str, parts: Parts) -> Written:
    words = {"none": ("0", "0", "auto"), "auto": ("1", "1", "auto")}
    if len(parts) == 1 and parts[0] in words:
        grow, shrink, basis = words[parts[0]]
    else:
        numbers = [part for part in parts if re.fullmatch(r"[\d.]+", part)][:2]
        others = [part for part in parts if part not in numbers]
        grow = numbers[0] if numbers else "1"
        shrink = numbers[1] if len(numbers) > 1 else "1"
        basis = others[0] if others else ("0" if numbers else "auto")
        if len(parts) == 3 and not others:
            basis = parts[2]
    return {"flex-grow": (grow,), "flex-shrink": (shrink,), "flex-basis": (basis,)}


def _flex_flow(_: str, parts: Parts) -> Written:
    wraps = [part for part in parts if "wrap" in part]
    directions = [part for part in parts if "wrap" not in part]
    return {"flex-direction": tuple(directions[:1]) or ("row",), "flex-wrap": tuple(wraps[:1]) or ("nowrap",)}


def _font(_: str, parts: Parts) -> Written:
    place = next((i for i, part in enumerate(parts) if part in _FONT_SIZES or _is_size(part)), None)
    if place is None:
        return {}
    style = next((part for part in parts[:place] if part in ("italic", "oblique")), "normal")
    weight = next((part for part in parts[:place] if _FONT_WEIGHTS.match(part)), "400")
    rest, height = parts[place + 1 :], "normal"
    if rest[:1] == ("/",) and len(rest) > 1:
        height, rest = rest[1], rest[2:]
    return {
        "font-style": (style,),
        "font-weight": (weight,),
        "font-size": (parts[place],),
        "line-height": (height,),
        "font-family": rest,
    }


def _is_size(part: str) -> bool:
    return _LENGTH.match(part) is not None and not re.fullmatch(r"[\d.]+", part)


def _list_style(_: str, parts: Parts) -> Written:
    written: Written = {"list-style-position": ("outside",), "list-style-image": ("none",)}
    for part in parts:
        if part in ("inside", "outside"):
            written["list-style-position"] = (part,)
        elif part.startswith("url("):
            written["list-style-image"] = (part,)
        else:
            written["list-style-type"] = (part,)
    written.setdefault("list-style-type", ("disc",))
    return written


def _text_decoration(_: str, parts: Parts) -> Written:
    lines = tuple(part for part in parts if part in ("none", "underline", "overline", "line-through"))
    return {
        "text-decoration-line": tuple(sorted(lines)) or ("none",),
        "text-decoration-rest": tuple(sorted(set(parts) - set(lines))),
    }


def _sided() -> Iterator[tuple[str, tuple[str, ...]]]:
    for name in ("margin", "padding", "scroll-margin", "scroll-padding"):
        yield name, tuple(f"{name}-{side}" for side in _SIDES)
        for axis, sides in _LOGICAL.items():
            yield f"{name}-{axis}", tuple(f"{name}-{side}" for side in sides)
    yield "inset", _SIDES
    for axis, sides in _LOGICAL.items():
        yield f"inset-{axis}", sides
        yield f"border-{axis}", _lines(*sides)
    yield "border", _lines(*_SIDES)
    for side in _SIDES:
        yield f"border-{side}", _lines(side)
    for kind in ("width", "style", "color"):
        yield f"border-{kind}", tuple(f"border-{side}-{kind}" for side in _SIDES)


def _lines(*sides: str) -> tuple[str, ...]:
    return tuple(f"border-{side}-{kind}" for side in sides for kind in ("width", "style", "color"))


LONGHANDS: dict[str, tuple[str, ...]] = {
    **dict(_sided()),
    "outline": ("outline-width", "outline-style", "outline-color"),
    "border-radius": tuple(f"border-{corner}-radius" for corner in _CORNERS),
    "background": ("background-color", "background-image", "background-rest"),
    "flex": ("flex-grow", "flex-shrink", "flex-basis"),
    "flex-flow": ("flex-direction", "flex-wrap"),
    "gap": ("row-gap", "column-gap"),
    "overflow": ("overflow-x", "overflow-y"),
    "place-items": ("align-items", "justify-items"),
    "place-content": ("align-content", "justify-content"),
    "place-self": ("align-self", "justify-self"),
    "font": ("font-style", "font-weight", "font-size", "line-height", "font-family"),
    "list-style": ("list-style-position", "list-style-image", "list-style-type"),
    "text-decoration": ("text-decoration-line", "text-decoration-rest"),
}
"""By shorthand, what it sets."""
_WRITERS: dict[str, Callable[[str, Parts], Written]] = {
    "box": _box,
    "pair": _pair,
    "line": _line,
    "border-radius": _radius,
    "background": _background,
    "flex": _flex,
    "flex-flow": _flex_flow,
    "gap": _pair,
    "overflow": _pair,
    "place-items": _pair,
    "place-content": _pair,
    "place-self": _pair,
    "font": _font,
    "list-style": _list_style,
    "text-decoration": _text_decoration,
}
