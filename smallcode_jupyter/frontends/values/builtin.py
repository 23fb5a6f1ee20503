"""Values of exact built-in types in few words; of other objects the class and its plain attributes."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from itertools import islice

from smallcode_jupyter.frontends.values.style import (
    Style,
    class_chain,
    dynamic,
    instance_members,
    is_genuine,
    module_name,
    type_name,
)
from smallcode_jupyter.protocol.secrets import HIDDEN, is_secret_name, mask_secrets
from smallcode_jupyter.render.plain import one_line

__all__ = ["describe_builtin", "is_printed", "short"]

_NUMBERS = (bool, int, float, complex, type(None))
_SEQUENCES: dict[type, tuple[str, str]] = {
    list: ("[", "]"),
    tuple: ("(", ")"),
    set: ("{", "}"),
    frozenset: ("frozenset({", "})"),
}
_SIZED = (*_SEQUENCES, dict)
_PRINTED = frozenset(
    {
        ("datetime", "date"),
        ("datetime", "datetime"),
        ("datetime", "time"),
        ("datetime", "timedelta"),
        ("decimal", "Decimal"),
        ("fractions", "Fraction"),
        ("pathlib", "PosixPath"),
        ("pathlib", "WindowsPath"),
        ("uuid", "UUID"),
        ("re", "Pattern"),
        ("pandas", "Timestamp"),
        ("pandas", "Timedelta"),
    }
)
"""Of these the library's own text is short and runs nobody else's code."""
_ROWS_SEEN = 100
_ITEMS = 4
_CARD_KEYS = 12
_LONG_TEXT = 60


def describe_builtin(value: object, style: Style) -> str:
    """`list, 3 items = [1, 2, 3]`: the class, the size and the beginning of the value."""
    kind = type(value)
    size = f", {len(value)} items" if kind in _SIZED else ""  # type: ignore[arg-type]  # exact built-in types
    if kind is str:
        assert isinstance(value, str)
        size = f", {len(value)} characters" if len(value) > _LONG_TEXT or not style.samples else ""
    rows = _row_keys(value)
    if rows:
        assert isinstance(value, list | tuple)
        text = f"{type_name(value)} of {len(value)} dicts, each with {rows}"
        return f"{text}; the first is {short(value[0], style, depth=1)}" if style.samples else text
    if not style.samples and (kind in _SIZED or kind in (str, bytes)):
        return f"{type_name(value)}{size}{_types_inside(value)}"
    return f"{type_name(value)}{size} = {short(value, style)}"


def _row_keys(value: object) -> str:
    """The keys that all of a list's dictionaries have, with the types of their values; empty for anything else.

    A model that sees only the beginning of such a list takes its rows for tuples.
    """
    if type(value) not in (list, tuple):
        return ""
    assert isinstance(value, list | tuple)
    rows = list(value[:_ROWS_SEEN])
    if not rows or any(type(row) is not dict or not row for row in rows):
        return ""
    keys = [key for key in rows[0] if type(key) is str and all(key in row for row in rows)]
    if len(keys) != len(rows[0]) or len(keys) > _ITEMS * 2:
        return ""
    return ", ".join(f"{key!r}: {type_name(rows[0][key])}" for key in keys)


def _types_inside(value: object) -> str:
    """` of int, str`: what a container holds, without showing it; of a dictionary those keys that look like names."""
    if type(value) is dict:
        assert isinstance(value, dict)
        pairs = list(islice(value.items(), _CARD_KEYS))
        names = [(key, item) for key, item in pairs if type(key) is str and key.isidentifier()]
        shown = ", ".join(f"{key!r}: {type_name(item)}" for key, item in names)
        return f" ({shown}{', …' if len(value) > len(pairs) else ''})" if shown else ""
    if type(value) in _SEQUENCES:
        kinds = dict.fromkeys(type_name(item) for item in islice(value, _ROWS_SEEN))  # type: ignore[call-overload]  # exact built-in types
        return f" of {', '.join(list(kinds)[:_ITEMS])}" if kinds else ""
    return ""


def short(value: object, style: Style, *, depth: int = 2) -> str:
    """A short text of a value, made only from exact built-in types."""
    kind, room = type(value), style.room
    if kind in _NUMBERS:
        return one_line(repr(value), 40) if kind is not int or abs(value) < 10**30 else "<large int>"  # type: ignore[arg-type]  # an exact int
    if kind is str:
        assert isinstance(value, str)
        return one_line(mask_secrets(repr(value[: room + 40])), room)
    if kind is bytes:
        assert isinstance(value, bytes)
        return one_line(repr(value[:20]), 60)
    if kind in _SEQUENCES:
        opening, closing = _SEQUENCES[kind]
        if depth == 0:
            return f"{opening}…{closing}"
        return one_line(opening + _some(value, style, depth) + closing, room)
    if kind is dict:
        assert isinstance(value, dict)
        return one_line(_short_dict(value, style, depth), room)
    return one_line(_object(value, style, depth), room)


def _inside(style: Style, room: int = 0) -> Style:
    return Style(room=room or style.room // 2, samples=style.samples)


def _some(values: object, style: Style, depth: int) -> str:
    items: list[str] = []
    for item in values:  # type: ignore[attr-defined]  # an exact list, tuple or set
        if len(items) == _ITEMS:
            items.append("…")
            break
        items.append(short(item, _inside(style), depth=depth - 1))
    return ", ".join(items)


def _short_dict(value: Mapping[object, object], style: Style, depth: int) -> str:
    if depth == 0:
        return "{…}"
    most = _CARD_KEYS if style.is_card else _ITEMS
    items: list[str] = []
    for key, item in value.items():
        if len(items) == most:
            items.append("…")
            break
        is_hidden = type(key) is str and is_secret_name(key)
        text = HIDDEN if is_hidden else short(item, _inside(style), depth=depth - 1)
        items.append(f"{short(key, _inside(style, 40), depth=0)}: {text}")
    return "{" + ", ".join(items) + "}"


def _object(value: object, style: Style, depth: int) -> str:
    """`Point(x=1, y=2)` from the instance's own dictionary; attributes are read without calling anything."""
    if is_printed(value):
        return str(value)
    brief = _brief(value)
    if brief:
        return brief
    attributes = instance_members(value)
    if depth == 0 or not attributes:
        return f"<{type_name(value)}>"
    most = _CARD_KEYS if style.is_card else _ITEMS
    shown: list[str] = []
    for name, item in list(attributes.items())[:most]:
        if type(name) is str and not name.startswith("_"):
            text = HIDDEN if is_secret_name(name) else short(item, _inside(style), depth=depth - 1)
            shown.append(f"{name}={text}")
    return f"{type_name(value)}({', '.join(shown)})"


def is_printed(value: object) -> bool:
    """Whether it is a date, a path, a number of a library or the like, whose own text can be used."""
    package = module_name(value).split(".")[0]
    if not is_genuine(value, package):
        return False
    scalar = getattr(sys.modules.get("numpy"), "generic", None)
    return (package, type_name(value)) in _PRINTED or any(kind is scalar for kind in class_chain(value))


def _brief(value: object) -> str:
    """`DataFrame 3 × 2`: a library's own container inside another; empty for anything else."""
    package = module_name(value).split(".")[0]
    if type_name(value) in ("DataFrame", "Series", "ndarray", "Tensor") and is_genuine(value, package):
        shape = " × ".join(str(number) for number in dynamic(value).shape)
        return f"{type_name(value)} {shape}"
    return ""
