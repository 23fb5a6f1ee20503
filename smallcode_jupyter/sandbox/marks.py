"""A mark of what a variable contains, so that a change inside it shows. For the forked copy, before and after a cell.

Lists, dictionaries, small arrays and plain objects by content; tables by structure, since their memory is looked at
page by page. No code of the person's classes runs.
"""

from __future__ import annotations

import sys
import time
from collections import OrderedDict, defaultdict, deque
from collections.abc import Iterable, Mapping
from itertools import chain, islice
from types import BuiltinFunctionType, FunctionType, ModuleType
from typing import Any

from smallcode_jupyter.sandbox.pages import arrays_of

__all__ = ["changed_inside", "mark_values"]

_PLAIN = (int, float, complex, str, bytes, bool, type(None), range)
_SEQUENCES = (list, tuple, deque)
_MAPPINGS = (dict, OrderedDict, defaultdict)
_WITHOUT_CONTENT = (ModuleType, FunctionType, BuiltinFunctionType, type)
_NOT_LOOKED_INTO = sys.stdlib_module_names - {"__main__", "dataclasses", "types"} | {"IPython", "ipykernel"}
_DEPTH = 6
_ITEMS = 2_000
"""Looked at in one variable; of what is longer, the beginning and the end."""
_ARRAY_BYTES = 65_536
"""Smaller arrays by content; larger ones by their pages."""
_SECONDS = 0.05


def mark_values(namespace: Mapping[str, object]) -> dict[str, int]:
    """A number for each variable; equal as long as nothing changed in it. What takes too long is left out."""
    deadline = time.perf_counter() + _SECONDS
    marks: dict[str, int] = {}
    for name, value in list(namespace.items()):
        if name.startswith("_") or type(value) in _WITHOUT_CONTENT or type(value) in _PLAIN:
            continue
        if time.perf_counter() > deadline:
            break
        marks[name] = _Marker().mark(value, _DEPTH)
    return marks


def changed_inside(
    before: Mapping[str, int], old: Mapping[str, object], new: Mapping[str, object]
) -> tuple[str, ...]:
    """Variables that are the same object in both namespaces, with another mark now."""
    kept = {name: new[name] for name in before if name in new and new[name] is old[name]}
    after = mark_values(kept)
    return tuple(sorted(name for name, mark in after.items() if mark != before[name]))


class _Marker:
    """Goes through one variable."""

    def __init__(self) -> None:
        self._left = _ITEMS

    def mark(self, value: Any, depth: int) -> int:
        """Equal for equal content."""
        kind = type(value)
        self._left -= 1
        if kind in _PLAIN:
            return hash((kind.__name__, value))
        if depth <= 0 or self._left <= 0:
            return id(value)
        if kind is bytearray:
            return hash((len(value), bytes(value[:_ARRAY_BYTES]), bytes(value[-_ARRAY_BYTES:])))
        if kind in _SEQUENCES:
            return hash((len(value), *self._items(_ends(value), depth)))
        if kind in (set, frozenset):
            return hash((len(value), frozenset(self._items(islice(value, _ITEMS), depth))))
        if kind in _MAPPINGS:
            pairs = chain.from_iterable(islice(value.items(), _ITEMS))
            return hash((len(value), *self._items(pairs, depth)))
        if kind.__module__.partition(".")[0] in ("numpy", "pandas"):
            return self._table(value)
        own = _own_attributes(value)
        return id(value) if own is None else self.mark(own, depth - 1)

    def _items(self, values: Iterable[object], depth: int) -> list[int]:
        return [self.mark(value, depth - 1) for value in values]

    def _table(self, value: Any) -> int:
        parts: list[object] = [id(value)]
        for array in arrays_of(value):
            parts += [array.shape, str(array.dtype), array.ctypes.data]
            if array.dtype.hasobject:
                flat = array.ravel(order="K")[:_ITEMS] if array.flags.forc else array.flat[:_ITEMS]
                parts += [id(item) for item in flat]
            elif array.nbytes < _ARRAY_BYTES:
                parts.append(array.tobytes())
        manager = getattr(value, "_mgr", None)
        if manager is not None and type(value).__name__ in ("DataFrame", "Series"):
            parts += [
                tuple(id(axis) for axis in manager.axes),
                *(id(block.values) for block in manager.blocks),
            ]
        return hash(tuple(parts))


def _ends(values: Iterable[object]) -> Iterable[object]:
    items = list(values)
    return items if len(items) <= _ITEMS else items[: _ITEMS // 2] + items[-_ITEMS // 2 :]


def _own_attributes(value: object) -> dict[str, object] | None:
    """Those of a plain object of the person's or of a library; None where looking could run code."""
    kind = type(value)
    if (
        kind.__module__.partition(".")[0] in _NOT_LOOKED_INTO
        or kind.__getattribute__ is not object.__getattribute__
    ):
        return None
    try:
        own = object.__getattribute__(value, "__dict__")
    except AttributeError:
        return None
    return own if type(own) is dict else None
