"""JSON that is nearly JSON, each mend named."""

from __future__ import annotations

import ast
import json
import math
import re
import warnings
from dataclasses import dataclass
from functools import lru_cache

from smallcode_jupyter.agent.parsing.lenient import Lenient, read_lenient, read_members
from smallcode_jupyter.protocol.tools import Json

__all__ = ["Effort", "Mended", "load_json", "parse_python", "plain_json", "read_json", "read_json_at"]

_LONGEST = 65_536
"""Characters; longer text that is no JSON is not mended: the time mending takes must stay bounded."""
_LONGEST_PYTHON = 32_768
"""Characters of code that are parsed; about a thousand lines."""
_DEEPEST = 48
_DEEP = 20_000
"""What a nest too deep to read costs."""
_LARGEST = 2**63
"""Longer numbers are noise, and turning them into text may raise."""

_STRICT = json.JSONDecoder()
_LENIENT = json.JSONDecoder(strict=False)
_MEMBER = re.compile(
    r"""(?:["'“][A-Za-z_]\w{0,60}["'”]\s{0,10}:|[A-Za-z_]\w{0,60}\s{0,10}:\s{0,10}["'“\[{])"""
)
_NOT_PYTHON = (SyntaxError, ValueError, TypeError, MemoryError, RecursionError)


@dataclass(slots=True)
class Effort:
    """Characters that may still be read in vain. Mutable: it lives inside one reading."""

    left: int = 60_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Mended:
    """A value that was read, and how."""

    value: Json
    end: int
    """Offset after it."""
    repairs: tuple[str, ...] = ()
    """What was mended: `raw-newlines`, `single-quotes`, `missing-bracket`, ...; empty for valid JSON."""
    is_whole: bool = True
    """False where the text ended before the value did."""


def read_json_at(text: str, start: int, effort: Effort | None = None) -> Mended | None:
    """The JSON value that begins here, control characters in its strings allowed; None if there is none.

    `effort` is taken from where it fails.
    """
    effort = effort or Effort()
    for decoder, repairs in ((_STRICT, ()), (_LENIENT, ("raw-newlines",))):
        try:
            value, end = decoder.raw_decode(text, start)
        except json.JSONDecodeError as error:
            effort.left -= error.pos - start
            continue
        except (ValueError, RecursionError):
            effort.left -= _DEEP
            return None
        plain = plain_json(value)
        return None if plain is None else Mended(value=plain, end=end, repairs=repairs)
    return None


def read_json(text: str, start: int, end: int, *, keys: frozenset[str] = frozenset()) -> Mended | None:
    """The object or list that begins here and ends before `end`, mended where needed; None if there is none.

    `keys`: see `lenient.read_lenient`. Never raises; linear.
    """
    exact = read_json_at(text, start)
    if exact is not None and exact.end <= end:
        return exact
    return _mended(read_lenient(text, start, min(end, start + _LONGEST), keys=keys))


def load_json(text: str, *, keys: frozenset[str] = frozenset()) -> Mended | None:
    """The value that the whole text is meant to be; None if nothing sensible can be made of it.

    Words after the value are left out. An object may lack its first bracket. Never raises; linear.
    """
    text = text.strip()
    exact = read_json_at(text, 0)
    if exact is not None and not text[exact.end :].strip():
        return exact
    if text[:1] in ("{", "["):
        mended = read_json(text, 0, len(text), keys=keys)
    elif _MEMBER.match(text):
        mended = _mended(read_members(text, 0, min(len(text), _LONGEST), keys=keys))
    else:
        return exact
    if mended is None or not mended.value:
        return exact
    is_followed = bool(text[mended.end :].strip())
    repairs = (*mended.repairs, "text-after") if is_followed else mended.repairs
    return Mended(value=mended.value, end=len(text), repairs=repairs, is_whole=mended.is_whole)


def _mended(found: Lenient | None) -> Mended | None:
    if found is None:
        return None
    value = plain_json(found.value)
    return Mended(value=value, end=found.end, repairs=found.repairs, is_whole=found.is_whole)


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


@lru_cache(maxsize=16)
def parse_python(code: str, *, mode: str = "exec") -> ast.AST | None:
    """The syntax tree, or None where it is no Python (or too long to ask). Warnings about it are not shown.

    The same few blocks are asked for several times within one answer: the last are kept. Do not change the tree.
    """
    if len(code) > _LONGEST_PYTHON:
        return None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return ast.parse(code, mode=mode)
        except _NOT_PYTHON:
            return None
