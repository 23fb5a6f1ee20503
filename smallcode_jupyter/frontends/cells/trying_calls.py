"""Inside a copy of the kernel: run a cell, then look at expressions. Nothing of this runs in the kernel itself."""

from __future__ import annotations

import contextlib
import io
import json
import sys
from collections.abc import Sequence
from typing import Any

from smallcode_jupyter.frontends.values.describe import describe
from smallcode_jupyter.frontends.values.style import Style
from smallcode_jupyter.render.plain import one_line

__all__ = ["report"]

_ROOM = Style(room=60)
_DEPTH = 5
_MOST_ITEMS = 200


def report(shell: Any, source: str, inputs: Sequence[tuple[Sequence[str], str]], mark: str) -> None:
    """Print, after `mark`, for each input what it gives as JSON: a text that equal values share, and one to read."""
    output = io.StringIO()
    with contextlib.redirect_stdout(output), contextlib.redirect_stderr(output):
        exec(compile(shell.transform_cell(source), "<cell>", "exec"), shell.user_ns)
        seen = [_look(shell.user_ns, *item) for item in inputs]
    sys.stdout.write(f"\n{mark}{json.dumps(seen)}\n")


def _look(space: dict[str, object], before: Sequence[str], expression: str) -> tuple[str, str]:
    own = dict(space)
    try:
        for statement in before:
            exec(compile(statement, "<input>", "exec"), own)
        value = eval(compile(expression.strip(), "<input>", "eval"), own)
    except Exception as error:  # noqa: BLE001  # whatever the code raises is what it gives
        kind = type(error).__name__
        return f"raised {kind}", one_line(f"{kind}: {error}".rstrip(": "), 60)
    return _key(value), one_line(_shown(value), 60)


def _shown(value: object) -> str:
    return repr(value) if _is_plain(value) else describe(value, _ROOM)


def _is_plain(value: object, depth: int = 0) -> bool:
    if type(value) in (list, tuple, set, frozenset):
        return depth < _DEPTH and all(_is_plain(item, depth + 1) for item in value)  # type: ignore[attr-defined]
    if type(value) is dict:
        return depth < _DEPTH and all(_is_plain(item, depth + 1) for pair in value.items() for item in pair)
    return value is None or type(value) in (bool, int, float, str, bytes)


def _key(value: object, depth: int = 0) -> str:
    """The same for values that count as equal: floats to nine digits, sets and dicts in any order."""
    if depth > _DEPTH:
        return "…"
    if type(value) in (int, float):
        return f"{value:.9g}"
    if type(value) in (list, tuple):
        items = [_key(item, depth + 1) for item in value[:_MOST_ITEMS]]  # type: ignore[index]
        return f"{type(value).__name__}{len(value)}[{','.join(items)}]"  # type: ignore[arg-type]
    if type(value) in (set, frozenset):
        return f"set[{','.join(sorted(_key(item, depth + 1) for item in value))}]"  # type: ignore[attr-defined]
    if type(value) is dict:
        pairs = [f"{_key(key, depth + 1)}:{_key(item, depth + 1)}" for key, item in value.items()]
        return f"dict[{','.join(sorted(pairs))}]"
    kind = type(value)
    if kind.__module__.partition(".")[0] in ("pandas", "numpy"):
        plain = value.to_dict() if kind.__name__ in ("DataFrame", "Series") else value.tolist()  # type: ignore[attr-defined]
        return f"{kind.__name__}{_key(plain, depth + 1)}"
    return describe(value, _ROOM) if not _is_plain(value) else repr(value)
