"""Describing live objects without running their code: only exact built-in types are ever shown by value."""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Callable, Mapping
from types import BuiltinFunctionType, FunctionType

from smallcode_jupyter.render.plain import one_line

__all__ = ["describe", "is_secret_name", "mask_secrets", "type_name"]

_SECRET_NAME = re.compile(
    r"(?i)(passw|pwd$|secret|token$|api_?key|access_?key|private_?key|credential|^auth$|_key$)"
)
_SECRET_VALUE = re.compile(
    r"sk-[\w-]{16,}|gh[pousr]_\w{20,}|github_pat_\w{20,}|hf_\w{20,}|AKIA[0-9A-Z]{16}|xox[abprs]-[\w-]{10,}"
    r"|eyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]+|-----BEGIN [A-Z ]*PRIVATE KEY-----|(?<=://)[^\s/:@]+:[^\s/@]+(?=@)"
)
_HIDDEN = "<hidden>"
_NUMBERS = (bool, int, float, complex, type(None))
_SEQUENCES: dict[type, tuple[str, str]] = {
    list: ("[", "]"),
    tuple: ("(", ")"),
    set: ("{", "}"),
    frozenset: ("frozenset({", "})"),
}
_ROWS_SEEN = 100
_ITEMS = 4
_COLUMNS = 12


def mask_secrets(text: str) -> str:
    """The text with whatever looks like a key, token or password in an address replaced."""
    return _SECRET_VALUE.sub(_HIDDEN, text)


def is_secret_name(name: str) -> bool:
    """Whether the name suggests that its value should not be shown to a model."""
    return bool(_SECRET_NAME.search(name))


def type_name(value: object) -> str:
    """The class's own name, whatever its metaclass claims."""
    return str(type.__dict__["__name__"].__get__(type(value)))


def _known(value: object) -> Callable[[object], str] | None:
    """The describer of a library's own class; a class that only borrows its name has none."""
    package, name = _module_name(value).split(".")[0], type_name(value)
    describer = _KNOWN.get((package, name))
    if describer is None or getattr(sys.modules.get(package), name, None) is not type(value):
        return None
    return describer


def _module_name(value: object) -> str:
    found = type.__dict__["__module__"].__get__(type(value))
    return found if isinstance(found, str) else ""


def describe(value: object, limit: int = 120) -> str:
    """What the object is, in at most `limit` characters; several lines for a data frame. Never raises.

    Code of classes defined by the person is not run: of their instances only the class and its plain attributes show.
    """
    known = _known(value)
    if known is not None:
        # Library code: it may meet broken data, and a card without one variable is better than none.
        try:
            return known(value)
        except Exception as error:  # noqa: BLE001  # whatever a library raises becomes the description
            return f"{type_name(value)} (not readable: {type(error).__name__})"
    kind = type(value)
    if kind is FunctionType:
        assert isinstance(value, FunctionType)
        return f"def {one_line(_signature(value), limit)}"
    if kind is BuiltinFunctionType:
        return "built-in function"
    if issubclass(kind, type):
        return _class(value, limit)  # type: ignore[arg-type]  # `isinstance` would ask the object itself
    size = f", {len(value)} items" if kind in (list, tuple, set, frozenset, dict) else ""  # type: ignore[arg-type]  # exact built-in types
    if kind is str:
        assert isinstance(value, str)
        size = f", {len(value)} characters" if len(value) > 60 else ""
    rows = _row_keys(value)
    if rows:
        assert isinstance(value, list | tuple)
        first = _short(value[0], depth=1, room=limit)
        return f"{type_name(value)} of {len(value)} dicts, each with {rows}; the first is {first}"
    return f"{type_name(value)}{size} = {_short(value, depth=2, room=limit)}"


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


def _short(value: object, *, depth: int, room: int) -> str:
    """A short text of a value, made only from exact built-in types."""
    kind = type(value)
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
        return one_line(opening + _some(value, depth, room) + closing, room)
    if kind is dict:
        return one_line(_short_dict(value, depth, room), room)
    return one_line(_instance(value, depth, room), room)


def _some(values: object, depth: int, room: int) -> str:
    items: list[str] = []
    for item in values:  # type: ignore[attr-defined]  # an exact list, tuple or set
        if len(items) == _ITEMS:
            items.append("…")
            break
        items.append(_short(item, depth=depth - 1, room=room // 2))
    return ", ".join(items)


def _short_dict(value: object, depth: int, room: int) -> str:
    assert isinstance(value, dict)
    if depth == 0:
        return "{…}"
    items: list[str] = []
    for key, item in value.items():
        if len(items) == _ITEMS:
            items.append("…")
            break
        hidden = isinstance(key, str) and is_secret_name(key)
        text = _HIDDEN if hidden else _short(item, depth=depth - 1, room=room // 2)
        items.append(f"{_short(key, depth=0, room=40)}: {text}")
    return "{" + ", ".join(items) + "}"


def _instance(value: object, depth: int, room: int) -> str:
    """`Point(x=1, y=2)` from the instance's own dictionary; attributes are read without calling anything."""
    try:
        attributes = object.__getattribute__(value, "__dict__")
    except AttributeError:
        attributes = {}
    if depth == 0 or type(attributes) is not dict or not attributes:
        return f"<{type_name(value)}>"
    shown: list[str] = []
    for name, item in list(attributes.items())[:_ITEMS]:
        if isinstance(name, str) and not name.startswith("_"):
            hidden = is_secret_name(name)
            shown.append(f"{name}={_HIDDEN if hidden else _short(item, depth=depth - 1, room=room // 2)}")
    return f"{type_name(value)}({', '.join(shown)})"


def _signature(function: FunctionType) -> str:
    """Name and parameters; defaults and annotations shown without running their code."""
    parts: list[str] = []
    seen_star = False
    for parameter in inspect.Signature.from_callable(function, follow_wrapped=False).parameters.values():
        if parameter.kind is parameter.VAR_POSITIONAL:
            seen_star = True
        if parameter.kind is parameter.KEYWORD_ONLY and not seen_star:
            parts.append("*")
            seen_star = True
        stars = "*" if parameter.kind is parameter.VAR_POSITIONAL else ""
        stars = "**" if parameter.kind is parameter.VAR_KEYWORD else stars
        text = f"{stars}{parameter.name}{_annotation(parameter.annotation)}"
        if parameter.default is not parameter.empty:
            hidden = is_secret_name(parameter.name) and parameter.default is not None
            text += f"={_HIDDEN if hidden else _short(parameter.default, depth=1, room=40)}"
        parts.append(text)
    doc = function.__doc__
    about = f"  # {one_line(doc.strip().splitlines()[0], 60)}" if isinstance(doc, str) and doc.strip() else ""
    return f"{function.__name__}({', '.join(parts)}){about}"


def _annotation(annotation: object) -> str:
    if annotation is inspect.Parameter.empty:
        return ""
    if type(annotation) is type:
        return f": {annotation.__name__}"
    return f": {one_line(annotation, 40)}" if type(annotation) is str else ""


def _class(value: type, limit: int) -> str:
    members = type.__dict__["__dict__"].__get__(value)
    methods = [
        name for name, item in members.items() if type(item) is FunctionType and not name.startswith("_")
    ]
    name = str(type.__dict__["__name__"].__get__(value))
    return one_line(f"class {name}" + (f" with {', '.join(methods[:8])}" if methods else ""), limit)


def _data_frame(value: object) -> str:
    """Shape, columns with their types, missing values, and three rows."""
    frame = _dynamic(value)
    rows, width = frame.shape
    names = [
        one_line(str(name), 30) if type(name) in (str, int) else "<column>"
        for name in frame.columns[:_COLUMNS]
    ]
    kinds = [one_line(str(kind), 20) for kind in list(frame.dtypes)[:_COLUMNS]]
    more = f", and {width - _COLUMNS} more columns" if width > _COLUMNS else ""
    columns = ", ".join(f"{name}: {kind}" for name, kind in zip(names, kinds, strict=True))
    lines = [f"DataFrame {rows} rows × {width} columns ({columns}{more})"]
    if rows * width <= 1_000_000:
        missing = [int(count) for count in frame.isna().sum()[:_COLUMNS]]
        gaps = ", ".join(f"{name} {count}" for name, count in zip(names, missing, strict=True) if count)
        lines += [f"  missing: {gaps}"] if gaps else []
    for row in range(min(3, rows)):
        lines.append(
            "  " + " | ".join(_cell(frame.iat[row, column], names[column]) for column in range(len(names)))
        )
    return "\n".join(lines)


def _cell(value: object, column: str) -> str:
    if is_secret_name(column):
        return _HIDDEN
    if _module_name(value) in ("numpy", "pandas", "datetime", "pandas._libs.tslibs.timestamps", "decimal"):
        return one_line(str(value), 24)
    return _short(value, depth=1, room=24)


def _series(value: object) -> str:
    series = _dynamic(value)
    shown = ", ".join(_cell(series.iat[row], str(series.name)) for row in range(min(3, len(series))))
    return f"Series of {len(series)} {one_line(str(series.dtype), 20)}, first: {shown}"


def _array(value: object) -> str:
    array = _dynamic(value)
    text = f"array, shape {tuple(array.shape)}, {array.dtype}"
    if 0 < array.size <= 1_000_000 and array.dtype.kind in "iuf":
        text += f", from {array.min():.6g} to {array.max():.6g}"
    return text


def _shaped(value: object) -> str:
    shaped = _dynamic(value)
    return one_line(f"{type_name(value)}, shape {tuple(shaped.shape)}, {getattr(shaped, 'dtype', '')}", 100)


def _polars(value: object) -> str:
    frame = _dynamic(value)
    columns = ", ".join(f"{name}: {kind}" for name, kind in list(frame.schema.items())[:_COLUMNS])
    return f"polars DataFrame {frame.shape[0]} rows × {frame.shape[1]} columns ({one_line(columns, 400)})"


def _dynamic(value: object):  # type: ignore[no-untyped-def]  # objects of libraries that are no dependency
    return value


_KNOWN: Mapping[tuple[str, str], Callable[[object], str]] = {
    ("pandas", "DataFrame"): _data_frame,
    ("pandas", "Series"): _series,
    ("numpy", "ndarray"): _array,
    ("polars", "DataFrame"): _polars,
    ("torch", "Tensor"): _shaped,
}
