"""Data frames, series, arrays and tensors: shapes, types, gaps and a few values. Only the libraries' own code runs."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from smallcode_jupyter.frontends.values.builtin import is_printed, short
from smallcode_jupyter.frontends.values.style import Style, dynamic, type_name
from smallcode_jupyter.protocol.secrets import HIDDEN, is_secret_name, mask_secrets
from smallcode_jupyter.render.plain import one_line

__all__ = [
    "describe_array",
    "describe_frame",
    "describe_polars",
    "describe_polars_series",
    "describe_series",
    "describe_tensor",
]

_COLUMNS = 12
_CARD_COLUMNS = 40
_ROWS = 3
_CELL_CHARS = 24
_SCANNED = 1_000_000
"""Cells that are looked through for gaps, and numbers for their range."""
_CHOICE_ROWS = 1_000
_CHOICES = 6
_CHOICE_COLUMNS = 3


def describe_frame(value: object, style: Style) -> str:
    """Shape, columns with their types, missing values, and three rows."""
    frame = dynamic(value)
    rows, width = frame.shape
    most = _CARD_COLUMNS if style.is_card else _COLUMNS
    names = [_label(name) for name in frame.columns[:most]]
    kinds = [one_line(str(kind), 20) for kind in list(frame.dtypes)[:most]]
    more = f", and {width - most} more columns" if width > most else ""
    columns = ", ".join(f"{name}: {kind}" for name, kind in zip(names, kinds, strict=True))
    lines = [f"DataFrame {rows} rows × {width} columns ({columns}{more}){_index(frame)}"]
    lines += _gaps(frame, names)
    if not style.samples:
        return "\n".join(lines)
    if style.is_card and rows > _ROWS:
        lines += _choices(frame, names, kinds)
    for row in range(min(_ROWS, rows)):
        cells = (_cell(frame.iat[row, column], names[column]) for column in range(min(len(names), _COLUMNS)))
        lines.append("  " + " | ".join(cells))
    return "\n".join(lines)


def _label(name: object) -> str:
    """A column's name; of several levels a tuple."""
    if type(name) is tuple:
        return one_line(short(name, Style(room=40)), 40)
    return one_line(str(name), 30) if type(name) in (str, int) or is_printed(name) else "<column>"


def _index(frame) -> str:  # type: ignore[no-untyped-def]  # a library's object
    """`, index date: datetime64[ns]` where it is more than a count of the rows."""
    index = frame.index
    if type_name(index) == "RangeIndex":
        return ""
    if type_name(index) == "MultiIndex":
        return f", index of {', '.join(_label(name) for name in index.names)}"
    name = "" if index.name is None else f" {_label(index.name)}"
    return f", index{name}: {one_line(str(index.dtype), 20)}"


def _gaps(frame, names: Sequence[str]) -> list[str]:  # type: ignore[no-untyped-def]  # a library's object
    """How many values each column misses, in as many rows as can be looked through at once."""
    rows, width = frame.shape
    seen = min(rows, _SCANNED // max(1, width))
    missing = [int(count) for count in frame.iloc[:seen].isna().sum()[: len(names)]]
    gaps = ", ".join(f"{name} {count}" for name, count in zip(names, missing, strict=True) if count)
    where = "" if seen == rows else f" in the first {seen:,} rows"
    return [f"  missing{where}: {gaps}"] if gaps else []


def _choices(frame, names: Sequence[str], kinds: Sequence[str]) -> list[str]:  # type: ignore[no-untyped-def]  # a library's object
    """The values of text columns that have only a few, so that they can be asked for as they are written."""
    lines: list[str] = []
    for place, (name, kind) in enumerate(zip(names, kinds, strict=True)):
        if kind not in ("object", "str", "string", "category") or is_secret_name(name):
            continue
        cells = frame.iloc[:_CHOICE_ROWS, place].tolist()
        texts = list(dict.fromkeys(cell for cell in cells if type(cell) is str))
        if 1 < len(texts) <= _CHOICES < len(cells) and max(map(len, texts)) <= _CELL_CHARS:
            lines.append(f"  {name} is one of {', '.join(_cell(text, name) for text in texts)}")
    return lines[:_CHOICE_COLUMNS]


def _cell(value: object, column: str) -> str:
    if is_secret_name(column):
        return HIDDEN
    if is_printed(value) or type_name(value) in ("NAType", "NaTType"):
        text = f"{value:.6g}" if type_name(value).startswith("float") else str(value)
        return one_line(mask_secrets(text).removesuffix(" 00:00:00"), _CELL_CHARS)
    if type(value) is float:
        return f"{value:.6g}"
    return short(value, Style(room=_CELL_CHARS), depth=1)


def describe_series(value: object, style: Style) -> str:
    """Length, type, gaps and the first values."""
    series = dynamic(value)
    text = f"Series of {len(series)} {one_line(str(series.dtype), 20)}"
    if style.is_card:
        text += f" named {_label(series.name)}" if series.name is not None else ""
        text += _index(series)
    missing = int(series.iloc[:_SCANNED].isna().sum())
    text += f", {missing} missing" if missing else ""
    if not style.samples or not len(series):
        return text
    shown = ", ".join(_cell(series.iat[row], str(series.name)) for row in range(min(_ROWS, len(series))))
    return f"{text}, first: {shown}"


def describe_array(value: object, style: Style) -> str:
    """Shape, type, and of numbers their range and how many are not numbers."""
    array = dynamic(value)
    text = f"array, shape {tuple(array.shape)}, {array.dtype}"
    if array.dtype.kind not in "iuf" or not array.size or not style.samples:
        return text
    seen = (
        array
        if array.size <= _SCANNED
        else array.reshape(-1)[:_SCANNED]
        if array.flags.c_contiguous
        else None
    )
    if seen is None:
        return text
    where = "" if seen.size == array.size else f" in the first {_SCANNED:,}"
    numpy = dynamic(sys.modules["numpy"])
    broken = int(numpy.isnan(seen).sum()) if array.dtype.kind == "f" else 0
    if broken < seen.size:
        text += f", from {numpy.nanmin(seen):.6g} to {numpy.nanmax(seen):.6g}{where}"
    return text + (f", {broken} NaN{where}" if broken else "")


def describe_tensor(value: object, style: Style) -> str:
    """Shape and type; its numbers may lie on another device."""
    tensor = dynamic(value)
    return one_line(f"{type_name(value)}, shape {tuple(tensor.shape)}, {getattr(tensor, 'dtype', '')}", 100)


def describe_polars(value: object, style: Style) -> str:
    """Shape, columns with their types, missing values, and three rows."""
    frame = dynamic(value)
    names = list(frame.schema)[:_COLUMNS]
    columns = one_line(", ".join(f"{name}: {frame.schema[name]}" for name in names), 400)
    lines = [f"polars DataFrame {frame.shape[0]} rows × {frame.shape[1]} columns ({columns})"]
    counts = dict(zip(frame.columns, frame.null_count().row(0), strict=True)) if frame.width else {}
    gaps = ", ".join(f"{name} {counts[name]}" for name in names if counts[name])
    lines += [f"  missing: {gaps}"] if gaps else []
    for row in frame.head(_ROWS).rows() if style.samples else ():
        lines.append("  " + " | ".join(_cell(cell, name) for cell, name in zip(row, names, strict=False)))
    return "\n".join(lines)


def describe_polars_series(value: object, style: Style) -> str:
    """Length, type, gaps and the first values."""
    series = dynamic(value)
    text = f"polars Series of {len(series)} {one_line(str(series.dtype), 20)} named {_label(series.name)}"
    text += f", {series.null_count()} missing" if series.null_count() else ""
    shown = ", ".join(_cell(item, series.name) for item in series.head(_ROWS).to_list())
    return f"{text}, first: {shown}" if style.samples and shown else text
