"""What a value is, in one line: type, shape, columns with their types and how many values are missing.

For the copy, of what a cell makes; for the original, of what was there before. No code of the person's classes runs.
"""

from __future__ import annotations

import sys
from typing import Any

__all__ = ["describe_value"]

_MOST_COLUMNS = 20
_MOST_CELLS = 5_000_000
"""Missing values are counted up to this size."""
_SIZED = (str, bytes, bytearray, list, tuple, dict, set, frozenset)
_CHARS = 1_000


def describe_value(value: Any) -> str:
    """`DataFrame, 3 rows, 2 columns: a int64; b float64, 1 missing`; for what is not known, the type's name."""
    kind = type(value)
    numpy, pandas = sys.modules.get("numpy"), sys.modules.get("pandas")
    if pandas is not None and kind is getattr(pandas, "DataFrame", None):
        return _frame(value)[:_CHARS]
    if pandas is not None and kind is getattr(pandas, "Series", None):
        return f"Series, {len(value):,} rows, {_column(value)}"[:_CHARS]
    if numpy is not None and kind is getattr(numpy, "ndarray", None):
        shape = "×".join(str(size) for size in value.shape) or "of no dimension"
        return f"array {shape}, {value.dtype}"
    if kind in _SIZED:
        return f"{kind.__name__}, {len(value):,} {'characters' if kind is str else 'items'}"
    if kind in (int, float, bool, type(None)):
        return f"{kind.__name__} {str(value)[:40]}"
    return kind.__name__


def _frame(frame: Any) -> str:
    rows, columns = frame.shape
    shown = [
        f"{str(name)[:60]} {_column(frame.iloc[:, place])}"
        for place, name in enumerate(frame.columns[:_MOST_COLUMNS])
    ]
    if columns > _MOST_COLUMNS:
        shown.append(f"{columns - _MOST_COLUMNS} more")
    return f"DataFrame, {rows:,} rows, {columns} columns: {'; '.join(shown)}"


def _column(series: Any) -> str:
    kind = str(series.dtype)
    if len(series) * _MOST_COLUMNS > _MOST_CELLS:
        return kind
    missing = int(series.isna().sum())
    return f"{kind}, {missing} missing" if missing else kind
