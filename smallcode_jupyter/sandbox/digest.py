"""A value as a short text that is equal for equal values, to compare what different cells make of the same data.

For the forked copy. No code of the person's classes runs; of a function that a cell defines it is told what it gives
for the variables that its parameters are named after.
"""

from __future__ import annotations

import copy
import hashlib
import inspect
import math
import signal
import sys
import types
from collections import Counter, OrderedDict, defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from typing import Any

from smallcode_jupyter.sandbox.plots import describe_figure

__all__ = ["BROKE", "digest_of"]

BROKE = "broke "
"""How the digest of a function begins that raised an exception."""
_LONGEST = 200
_MOST_VALUES = 100_000
_DEEPEST = 6
_CALL_SECONDS = 2.0
_DICTS = (dict, OrderedDict, defaultdict, Counter)
"""Alike for those who use them."""


class _TooLarge(BaseException):
    """It would take too long. No function that is called may catch it."""


def digest_of(value: object, namespace: Mapping[str, object]) -> str:
    """Equal texts for equal values; empty where nothing can be said of it."""
    try:
        if isinstance(value, types.FunctionType):
            return _of_call(value, namespace)
        if isinstance(value, types.ModuleType | type):
            return ""
        text = "".join(_parts(value, [_MOST_VALUES], 0))
    except (_TooLarge, RecursionError):
        return ""
    if len(text) <= _LONGEST:
        return text
    return f"{type(value).__name__} {hashlib.sha256(text.encode(errors='replace')).hexdigest()[:32]}"


def _parts(value: Any, left: list[int], depth: int) -> Iterator[str]:
    left[0] -= 1
    if left[0] < 0 or depth > _DEEPEST:
        raise _TooLarge
    kind = type(value)
    pandas = sys.modules.get("pandas")
    numpy = sys.modules.get("numpy")
    if kind is float or (numpy is not None and isinstance(value, numpy.floating)):
        yield "nan" if math.isnan(value) else f"{float(value):.9g}" + ("" if float(value) % 1 else ".0")
    elif value is None or kind in (int, bool, str, bytes, complex):
        yield repr(value)
    elif kind in (list, tuple):
        yield "[" if kind is list else "("
        for part in value:
            yield from _parts(part, left, depth + 1)
            yield ","
        yield "]" if kind is list else ")"
    elif kind in (set, frozenset):
        yield "{" + ",".join(sorted("".join(_parts(part, left, depth + 1)) for part in value)) + "}"
    elif kind in _DICTS:
        items = (
            "".join((*_parts(k, left, depth + 1), ":", *_parts(v, left, depth + 1))) for k, v in value.items()
        )
        yield "{" + ",".join(sorted(items)) + "}"
    elif pandas is not None and kind is getattr(pandas, "DataFrame", None):
        yield "DataFrame"
        yield from _parts([list(value.columns), _values(value.index, left)], left, depth + 1)
        for place in range(value.shape[1]):
            yield from _parts(_values(value.iloc[:, place], left), left, depth + 1)
    elif pandas is not None and kind is getattr(pandas, "Series", None):
        yield "Series"
        yield from _parts([_values(value.index, left), _values(value, left)], left, depth + 1)
    elif numpy is not None and (kind is numpy.ndarray or isinstance(value, numpy.generic)):
        yield from _of_array(value, left, depth)
    elif kind.__module__.partition(".")[0] == "pandas":
        yield str(value)[:_LONGEST]
    elif any(part.__module__ == "matplotlib.figure" for part in kind.__mro__):
        yield str(asdict(describe_figure(value)))
    elif any(part.__module__ == "matplotlib.axes._base" for part in kind.__mro__):
        yield str(asdict(describe_figure(value.figure)))
    else:
        yield kind.__qualname__


def _values(column: Any, left: list[int]) -> list[Any]:
    if len(column) > left[0]:
        raise _TooLarge
    found: list[Any] = column.tolist()
    return found


def _of_array(value: Any, left: list[int], depth: int) -> Iterator[str]:
    if value.size > left[0]:
        raise _TooLarge
    if value.dtype.kind == "O" and value.ndim == 0:
        yield "object"
        return
    yield from _parts(value.tolist(), left, depth + 1)


def _of_call(function: types.FunctionType, namespace: Mapping[str, object]) -> str:
    """What it gives for the variables of the names of its parameters; empty where one of these is missing."""
    arguments = []
    for parameter in inspect.signature(function).parameters.values():
        if parameter.kind in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD, parameter.KEYWORD_ONLY):
            continue
        if parameter.name in namespace and not callable(namespace[parameter.name]):
            arguments.append(namespace[parameter.name])
        elif parameter.default is parameter.empty:
            return ""
        else:
            break
    if not arguments or inspect.iscoroutinefunction(function) or inspect.isgeneratorfunction(function):
        return ""
    return _within(_CALL_SECONDS, lambda: _called(function, copy.deepcopy(arguments)))


def _called(function: types.FunctionType, arguments: list[object]) -> str:
    try:
        value = function(*arguments)
    except Exception as error:  # noqa: BLE001  # whatever the function raises
        return f"{BROKE}{type(error).__name__}: {' '.join(str(error).split())[:_LONGEST]}"
    return "" if isinstance(value, types.FunctionType) else digest_of(value, {})


def _within(seconds: float, work: Callable[[], str]) -> str:
    """What it gives, empty if that takes longer."""

    def end(*_: object) -> None:
        raise _TooLarge

    before = signal.signal(signal.SIGALRM, end)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        return work()
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
