"""Values as JSON with their exact types, as the children write them and the grader reads them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

__all__ = ["UNDEFINED", "Opaque", "Undefined", "decode", "encode", "is_same"]


@dataclass(frozen=True, slots=True)
class Undefined:
    """JavaScript's `undefined`, which is not `null`."""


UNDEFINED = Undefined()


@dataclass(frozen=True, slots=True)
class Opaque:
    """A value of a type that does not travel: subclasses of the plain types, too."""

    type: str
    text: str
    """Its `repr`, at most 500 characters."""


def decode(value: Any) -> Any:  # any JSON in, any plain value out
    """The value a child encoded. Raises ValueError or TypeError for what no child writes."""
    if isinstance(value, list):
        return [decode(item) for item in value]
    if not isinstance(value, dict):
        return value
    tags = [key for key in value if key.startswith("$")]
    if not tags:
        return {key: decode(item) for key, item in value.items()}
    (tag,) = tags
    content = value[tag]
    match tag:
        case "$tuple":
            return tuple(decode(item) for item in content)
        case "$set":
            return set(map(_hashable, map(decode, content)))
        case "$map":
            return {_hashable(decode(key)): decode(item) for key, item in content}
        case "$float":
            return float(content)
        case "$int":
            return int(content)
        case "$bytes":
            return bytes.fromhex(content)
        case "$undefined":
            return UNDEFINED
        case "$opaque":
            return Opaque(str(content[0]), str(content[1]))
    raise ValueError(f"unknown tag {tag}")


def encode(value: Any) -> Any:  # any plain value in, any JSON out
    """A value for a Python child: JSON alone would make lists of tuples, and text of the numbers that are keys."""
    if isinstance(value, tuple):
        return {"$tuple": [encode(item) for item in value]}
    if isinstance(value, set | frozenset):
        return {"$set": [encode(item) for item in value]}
    if isinstance(value, list):
        return [encode(item) for item in value]
    if isinstance(value, dict):
        if all(isinstance(key, str) for key in value):
            return {key: encode(item) for key, item in value.items()}
        return {"$map": [[encode(key), encode(item)] for key, item in value.items()]}
    return value


def _hashable(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(map(_hashable, value))
    if isinstance(value, dict):
        return tuple((key, _hashable(item)) for key, item in value.items())
    return value


def is_same(actual: Any, expected: Any, *, approx: float = 0.0) -> bool:
    """Whether two plain values agree in value and in type; only `2` and `2.0` are the same number.

    `approx`: the relative and absolute difference that numbers may have. NaN is the same as NaN.
    """
    if isinstance(actual, bool) or isinstance(expected, bool):
        return actual is expected
    if isinstance(actual, int | float) and isinstance(expected, int | float):
        if math.isnan(actual) or math.isnan(expected):
            return math.isnan(actual) and math.isnan(expected)
        return actual == expected or (
            approx > 0 and math.isclose(actual, expected, rel_tol=approx, abs_tol=approx)
        )
    if type(actual) is not type(expected):
        return False
    if isinstance(actual, list | tuple):
        return len(actual) == len(expected) and all(
            is_same(one, other, approx=approx) for one, other in zip(actual, expected, strict=True)
        )
    if isinstance(actual, dict):
        return actual.keys() == expected.keys() and all(
            is_same(item, expected[key], approx=approx) for key, item in actual.items()
        )
    return bool(actual == expected)
