"""JSON that is nearly JSON, each mend named."""

from __future__ import annotations

import ast
import json
import math
import re
import warnings
from dataclasses import dataclass

from smallcode_jupyter.protocol.tools import Json

__all__ = ["Mended", "load_json", "parse_python", "plain_json", "read_json_at"]

_LONGEST = 65_536
"""Characters; longer text that is no JSON is not mended: the time mending takes must stay bounded."""
_LONGEST_PYTHON = 32_768
"""Characters of code that are parsed; about a thousand lines."""
_DEEPEST = 48
"""Nesting; json-repair's time grows with its square."""
_LARGEST = 2**63
"""Longer numbers are noise, and turning them into text may raise."""

_STRICT = json.JSONDecoder()
_LENIENT = json.JSONDecoder(strict=False)
_NESTING = re.compile(r"[\[{(\]})]")
_JSON_REPAIR_RAISES = (
    *(ValueError, LookupError, TypeError, AttributeError, ArithmeticError),
    *(AssertionError, RecursionError, MemoryError),
)
"""It promises to raise nothing, and fails its own assertions on some inputs (seen with 0.64)."""
_NOT_PYTHON = (SyntaxError, ValueError, TypeError, MemoryError, RecursionError)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mended:
    """A value that was read, and how."""

    value: Json
    end: int
    """Offset after it."""
    repair: str = ""
    """`raw-newlines`, `python-literal`, `json-repair`; empty for valid JSON."""


def read_json_at(text: str, start: int) -> Mended | None:
    """The JSON value that begins here, control characters in its strings allowed; None if there is none."""
    for decoder, repair in ((_STRICT, ""), (_LENIENT, "raw-newlines")):
        try:
            value, end = decoder.raw_decode(text, start)
        except (ValueError, RecursionError):
            continue
        plain = plain_json(value)
        return None if plain is None else Mended(value=plain, end=end, repair=repair)
    return None


def load_json(text: str) -> Mended | None:
    """The object or list that the whole text is meant to be; None if nothing sensible can be made of it.

    Tries JSON, JSON with raw newlines, a Python literal, and json-repair, in this order. Bounded time.
    """
    text = text.strip()
    exact = read_json_at(text, 0)
    if exact is not None and not text[exact.end :].strip():
        return exact
    if len(text) > _LONGEST or text[:1] not in ("{", "[") or _depth(text) > _DEEPEST:
        return exact
    tree = parse_python(text, mode="eval")
    if isinstance(tree, ast.Expression):
        try:
            value = plain_json(ast.literal_eval(tree))
        except _NOT_PYTHON:
            value = None
        if isinstance(value, dict | list):
            return Mended(value=value, end=len(text), repair="python-literal")
    return _json_repair(text) or exact


def _json_repair(text: str) -> Mended | None:
    from json_repair import repair_json

    try:
        value = repair_json(text, return_objects=True, skip_json_loads=True)
    except _JSON_REPAIR_RAISES:
        return None
    plain = plain_json(value)
    if not isinstance(plain, dict | list) or not plain:
        return None
    return Mended(value=plain, end=len(text), repair="json-repair")


def _depth(text: str) -> int:
    depth = deepest = 0
    for found in _NESTING.finditer(text):
        depth += 1 if found.group() in "[{(" else -1
        deepest = max(deepest, depth)
    return deepest


def plain_json(value: object, level: int = 0) -> Json:
    """The value as JSON can hold it: tuples as lists, keys as text; None for what it cannot hold."""
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, int):
        return value if abs(value) < _LARGEST else None
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if level > _DEEPEST:
        return None
    if isinstance(value, dict):
        return {str(key): plain_json(item, level + 1) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain_json(item, level + 1) for item in value]
    return None


def parse_python(code: str, *, mode: str = "exec") -> ast.AST | None:
    """The syntax tree, or None where it is no Python (or too long to ask). Warnings about it are not shown."""
    if len(code) > _LONGEST_PYTHON:
        return None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return ast.parse(code, mode=mode)
        except _NOT_PYTHON:
            return None
