"""Examples of one function as a pair of labelled lines: `Input: values = [3, 1], k = 1`, below it `Output: [3]`."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from smallcode_jupyter.checks.prose import ProseExample, is_simple, literal_at

__all__ = ["find_labelled_examples"]

_PAIR = re.compile(
    r"^[ \t]*(?:[-*][ \t]+)?Input[ \t]*:[ \t]*(?P<given>[^\n]+)\n"
    r"[ \t]*(?:[-*][ \t]+)?Output[ \t]*:[ \t]*(?P<wanted>[^\n]+)$",
    re.IGNORECASE | re.MULTILINE,
)


def find_labelled_examples(text: str, name: str) -> tuple[ProseExample, ...]:
    """The examples of the function `name` whose input and output are literals, in order, each once."""
    return tuple(dict.fromkeys(_find(text, name)))


def _find(text: str, name: str) -> Iterator[ProseExample]:
    for found in _PAIR.finditer(text):
        call = f"{name}({found['given'].strip().strip('`')})"
        wanted = found["wanted"].lstrip("` ").rstrip(" .`")
        outcome = literal_at(wanted, 0)
        if outcome is not None and outcome[1] == len(wanted) and _is_call(call, name):
            yield ProseExample(expression=call, expected=outcome[0])


def _is_call(code: str, name: str) -> bool:
    try:
        node = ast.parse(code, mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return isinstance(node, ast.Call) and is_simple(code, frozenset({name}))
