"""Inside a copy of the kernel: run the notebook from the beginning, and compare with what was there.

Nothing of this runs in the kernel itself: `report` deletes the variables first.
"""

from __future__ import annotations

import contextlib
import io
import json
import sys
import time
from collections.abc import Sequence
from types import CodeType, FunctionType, ModuleType
from typing import Any

from smallcode_jupyter.frontends.cards import own_variables
from smallcode_jupyter.frontends.values.describe import describe
from smallcode_jupyter.frontends.values.style import Style, instance_members, is_genuine, type_name
from smallcode_jupyter.protocol.secrets import HIDDEN, is_secret_name
from smallcode_jupyter.render.plain import one_line
from smallcode_jupyter.sandbox.outcome import describe_refusal

__all__ = ["forget_variables", "report", "run_quietly", "same"]

_SECONDS = 5.0
"""For comparing."""
_DEPTH = 6
_DESCRIBED = 12
_ROOM = 80


def report(shell: Any, sources: Sequence[str], mark: str) -> None:  # IPython is not typed
    """Print, after `mark`, as JSON: how far the clean run came, and how its variables differ from the live ones."""
    live = forget_variables(shell)
    failed: tuple[int, str, str] | None = None
    for place, source in enumerate(sources):
        result = run_quietly(shell, source)
        error = result.error_before_exec or result.error_in_exec
        if error is not None:
            failed = (place, one_line(f"{type(error).__name__}: {error}", 300), describe_refusal(error))
            break
    clean = own_variables(shell.user_ns, shell.user_ns_hidden)
    found: dict[str, object] = {"failed": failed, **_compared(live, clean)}
    sys.stdout.write(f"\n{mark}{json.dumps(found)}\n")


def forget_variables(shell: Any) -> dict[str, Any]:  # IPython is not typed
    """Delete the person's variables; what they were."""
    live = own_variables(shell.user_ns, shell.user_ns_hidden)
    for name in live:
        del shell.user_ns[name]
    return live


def run_quietly(shell: Any, source: str) -> Any:  # IPython is not typed
    """Run a cell outside the history and show nothing of what it prints; its `ExecutionResult`."""
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        return shell.run_cell(source, store_history=False)


def _compared(live: dict[str, Any], clean: dict[str, Any]) -> dict[str, object]:
    deadline = time.monotonic() + _SECONDS
    different: list[tuple[str, str, str]] = []
    unknown: list[str] = []
    for name in sorted(live.keys() & clean.keys()):
        verdict = same(live[name], clean[name]) if time.monotonic() < deadline else None
        if verdict is None:
            unknown.append(name)
        elif not verdict:
            different.append((name, _said(name, live[name]), _said(name, clean[name])))
    return {
        "only_live": sorted(live.keys() - clean.keys()),
        "only_clean": sorted(clean.keys() - live.keys()),
        "different": different[:_DESCRIBED],
        "more_different": len(different[_DESCRIBED:]),
        "unknown": unknown,
        "same": len(live.keys() & clean.keys()) - len(different) - len(unknown),
    }


def _said(name: str, value: object) -> str:
    return HIDDEN if is_secret_name(name) else one_line(describe(value, Style(room=_ROOM)), _ROOM)


def same(left: Any, right: Any, depth: int = _DEPTH) -> bool | None:
    """Whether two objects are alike; None where that cannot be told without asking them."""
    if left is right:
        return True
    if type_name(left) != type_name(right):
        return False
    kind = type(left)
    if kind in (bool, int, complex, str, bytes, type(None), range):
        return bool(left == right)
    if kind is float:
        return bool(left == right or (left != left and right != right))
    if kind is FunctionType:
        return _code_key(left.__code__) == _code_key(right.__code__)
    if issubclass(kind, type):
        return _same_class(left, right)
    if issubclass(kind, ModuleType):
        return bool(left.__name__ == right.__name__)
    if kind.__module__.partition(".")[0] in ("numpy", "pandas"):
        return _same_table(left, right)
    return None if depth == 0 else _same_inside(left, right, depth - 1)


def _same_inside(left: Any, right: Any, depth: int) -> bool | None:
    kind = type(left)
    if kind in (list, tuple):
        return len(left) == len(right) and _all(
            same(one, other, depth) for one, other in zip(left, right, strict=True)
        )
    if kind in (set, frozenset):
        return bool(left == right) if all(type(item) in (int, str, float) for item in left) else None
    if kind is dict:
        if not all(type(key) in (int, str, float, bool, tuple) for key in left):
            return None
        return left.keys() == right.keys() and _all(same(left[key], right[key], depth) for key in left)
    own, other = instance_members(left), instance_members(right)
    if not own and not other:
        return None
    return own.keys() == other.keys() and _all(same(own[name], other[name], depth) for name in own)


def _all(verdicts: Any) -> bool | None:
    """Unlike if one is; unknown if one is unknown."""
    known: bool | None = True
    for verdict in verdicts:
        if verdict is False:
            return False
        known = None if verdict is None else known
    return known


def _same_table(left: Any, right: Any) -> bool | None:
    # The copy may run the libraries' comparisons, and with them those of the objects in the tables.
    try:
        if hasattr(left, "equals"):
            return bool(left.equals(right)) and _labels(left) == _labels(right)
        if is_genuine(left, "numpy"):
            numpy: Any = sys.modules["numpy"]
            is_number = left.dtype.kind in "fc"
            return bool(left.dtype == right.dtype and numpy.array_equal(left, right, equal_nan=is_number))
    except Exception:  # noqa: BLE001  # what cannot be compared is not known
        return None
    return None


def _labels(table: Any) -> object:
    return [str(label) for label in getattr(table, "columns", ())]


def _same_class(left: type, right: type) -> bool | None:
    own, other = vars(left), vars(right)
    code = {name for name, item in own.items() if type(item) is FunctionType}
    if code != {name for name, item in other.items() if type(item) is FunctionType}:
        return False
    return all(_code_key(own[name].__code__) == _code_key(other[name].__code__) for name in code)


def _code_key(code: CodeType) -> tuple[object, ...]:
    """What a function does, without where it stands."""
    constants = tuple(
        _code_key(item) if isinstance(item, CodeType) else (type(item).__name__, repr(item))
        for item in code.co_consts
    )
    return (code.co_code, constants, code.co_names, code.co_varnames)
