"""Values from the process that ran the examples, and whether they are what was expected."""

from __future__ import annotations

import ast
import math
from collections.abc import Callable
from dataclasses import dataclass

__all__ = ["Opaque", "Value", "Variant", "decode_value", "holds_opaque", "is_same", "read_literal"]

Value = object
"""A value made of built-in types, or `Opaque`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opaque:
    """A value that only its own process understands."""

    kind: str
    text: str
    """Its `repr`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """A value with a name: Rust's `Some(1)`, a struct."""

    name: str
    items: tuple[Value, ...] = ()
    """What is in it: its parts in order, or one dict of its fields."""


def _hexadecimal(payload: object) -> int:
    return int(str(payload), 16)


def _items(payload: object) -> list[Value]:
    assert isinstance(payload, list)
    return [decode_value(item) for item in payload]


def _pairs(payload: object) -> dict[Value, Value]:
    assert isinstance(payload, list)
    return {decode_value(key): decode_value(item) for key, item in payload}


def _complex(payload: object) -> complex:
    assert isinstance(payload, list)
    return complex(float(payload[0]), float(payload[1]))


_DECODERS: dict[str, Callable[[object], Value]] = {
    "constant": lambda payload: payload,
    "int": _hexadecimal,
    "float": lambda payload: float(str(payload)),
    "complex": _complex,
    "str": str,
    "bytes": lambda payload: bytes.fromhex(str(payload)),
    "list": _items,
    "tuple": lambda payload: tuple(_items(payload)),
    "set": lambda payload: set(_items(payload)),
    "frozenset": lambda payload: frozenset(_items(payload)),
    "dict": _pairs,
}


def decode_value(encoded: object) -> Value:
    """The value of tagged JSON. Raises ValueError for anything else."""
    try:
        assert isinstance(encoded, list)
        if encoded[0] == "other":
            return Opaque(kind=str(encoded[1]), text=str(encoded[2]))
        return _DECODERS[encoded[0]](encoded[1])
    except (AssertionError, IndexError, KeyError, TypeError, RecursionError) as error:
        raise ValueError("not a value") from error


def is_same(left: Value, right: Value) -> bool:
    """Equality as in Python, but floats may differ by rounding, and NaN is itself."""
    if isinstance(left, float | complex) or isinstance(right, float | complex):
        return _is_close(left, right)
    if isinstance(left, list | tuple):
        return (
            isinstance(right, list | tuple)
            and isinstance(left, list) == isinstance(right, list)
            and len(left) == len(right)
            and all(is_same(one, other) for one, other in zip(left, right, strict=True))
        )
    if isinstance(left, dict):
        return (
            isinstance(right, dict)
            and left.keys() == right.keys()
            and all(is_same(item, right[key]) for key, item in left.items())
        )
    return left == right


def _is_close(left: Value, right: Value) -> bool:
    if isinstance(left, complex) or isinstance(right, complex):
        return left == right
    if not isinstance(left, int | float) or not isinstance(right, int | float):
        return False
    if math.isnan(left) or math.isnan(right):
        return math.isnan(left) and math.isnan(right)
    return math.isclose(left, right, rel_tol=1e-9, abs_tol=1e-12)


def holds_opaque(value: Value) -> bool:
    """Whether some part of it cannot be compared outside its process."""
    if isinstance(value, dict):
        return any(holds_opaque(part) for pair in value.items() for part in pair)
    if isinstance(value, list | tuple | set | frozenset):
        return any(holds_opaque(item) for item in value)
    return isinstance(value, Opaque)


def read_literal(text: str) -> Value:
    """The value of a literal, also `set()`, `inf`, `nan` and `float("inf")`. Raises ValueError for other code."""
    try:
        return _literal(ast.parse(text.strip(), mode="eval").body)
    except (SyntaxError, TypeError, RecursionError, MemoryError) as error:
        raise ValueError(f"not a literal: {text[:80]!r}") from error


def _literal(node: ast.expr) -> Value:
    match node:
        case ast.Name(id="inf" | "nan" as name):
            return float(name)
        case ast.Call(func=ast.Name(id="set"), args=[], keywords=[]):
            return set()
        case ast.Call(func=ast.Name(id="float"), args=[ast.Constant(value=str(text))], keywords=[]):
            return float(text)
        case ast.UnaryOp(op=ast.USub(), operand=ast.Name() | ast.Call() as operand):
            value = _literal(operand)
            if isinstance(value, float):
                return -value
        case ast.List(elts=items):
            return [_literal(item) for item in items]
        case ast.Tuple(elts=items):
            return tuple(_literal(item) for item in items)
        case ast.Set(elts=items):
            return {_literal(item) for item in items}
        case ast.Dict(keys=keys, values=values):
            return {_literal(key): _literal(item) for key, item in zip(keys, values, strict=True) if key}
    return ast.literal_eval(node)
