"""Runs a file's examples in a process of its own; started as a script, with one JSON object on standard input.

What came of it goes line by line to a private file, each line with the caller's nonce, so that nothing the file
prints can be taken for a result. A limit that passes ends the process; the caller starts another for the rest.
Works on Python 3.8 and later, and imports only what is fast to import.
"""

from __future__ import annotations

import faulthandler
import importlib
import importlib.util
import io
import json
import os
import sys
from collections.abc import Callable
from types import TracebackType
from typing import Any

_MOST_ITEMS = 2_000
_MOST_CHARS = 20_000
_SHOWN_CHARS = 600


class _Capture(io.TextIOBase):
    """Keeps the head of what is written."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.size = 0

    def write(self, text: str) -> int:
        if self.size < _MOST_CHARS:
            self.parts.append(text[: _MOST_CHARS - self.size])
            self.size += len(text)
        return len(text)

    def text(self) -> str:
        return "".join(self.parts)


class _Reporter:
    """Writes results; holds on to what it needs, so that the file under test cannot replace it by accident."""

    def __init__(self, path: str, nonce: str) -> None:
        self._descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        self._nonce = nonce
        self._dumps: Callable[..., str] = json.dumps
        self._write = os.write

    def send(self, **fields: Any) -> None:
        fields["nonce"] = self._nonce
        data = (self._dumps(fields) + "\n").encode("ascii")
        while data:
            data = data[self._write(self._descriptor, data) :]


def encode(value: Any) -> list[Any]:
    """The value as tagged JSON, read through the built-in types: what a subclass overrides does not count."""
    return _encode(value, [_MOST_ITEMS])


def _encode(value: Any, left: list[int]) -> list[Any]:
    left[0] -= 1
    if left[0] < 0:
        raise OverflowError
    if value is None or value is True or value is False:
        return ["constant", value]
    if isinstance(value, int):
        return ["int", int.__format__(value, "x")]
    if isinstance(value, float):
        return ["float", float.__repr__(value)]
    if isinstance(value, complex):
        return ["complex", [float.__repr__(value.real), float.__repr__(value.imag)]]
    if isinstance(value, str):
        text = str.__str__(value)
        if len(text) > _MOST_CHARS:
            raise OverflowError
        return ["str", text]
    if isinstance(value, (bytes, bytearray)):
        return ["bytes", bytes(value).hex()]
    for kind in (list, tuple, set, frozenset):
        if isinstance(value, kind):
            items: Any = kind.__iter__(value)  # type: ignore[arg-type]  # each kind iterates its own
            return [kind.__name__, [_encode(item, left) for item in items]]
    if isinstance(value, dict):
        pairs = dict.items(value)
        return ["dict", [[_encode(key, left), _encode(item, left)] for key, item in pairs]]
    if type(value).__module__ == "numpy":
        return _encode(value.tolist(), left)
    return ["other", type(value).__name__, _repr(value)]


def _repr(value: Any) -> str:
    try:
        text = repr(value)
    except BaseException as error:  # noqa: BLE001 - code under test; the failure is what is shown
        return f"<{type(value).__name__}, whose repr raised {type(error).__name__}>"
    return text if len(text) <= _SHOWN_CHARS else f"{text[:_SHOWN_CHARS]}... ({len(text)} characters)"


def _value(value: Any) -> dict[str, Any]:
    if type(value).__name__ == "coroutine":
        value = importlib.import_module("asyncio").run(value)
    try:
        encoded = encode(value)
    except (OverflowError, RecursionError, AttributeError, TypeError, ValueError):
        encoded = ["other", type(value).__name__, _repr(value)]
    return {"value": encoded, "repr": _repr(value), "truth": _truth(value)}


def _truth(value: Any) -> bool:
    try:
        return bool(value)
    except Exception:  # noqa: BLE001 - code under test; a value without truth is not true
        return False


def _fault(error: BaseException, roots: list[str]) -> dict[str, Any]:
    """The exception, and the last place in the workspace that it came through."""
    kind = type(error)
    name = kind.__qualname__
    if kind.__module__ not in ("builtins", "__main__"):
        name = f"{kind.__module__}.{name}"
    try:
        message = str(error)
    except Exception:  # noqa: BLE001 - code under test
        message = ""
    place = ("", 0)
    trace: TracebackType | None = error.__traceback__
    while trace is not None:
        file = trace.tb_frame.f_code.co_filename
        if any(file.startswith(root) for root in roots):
            place = (file, trace.tb_lineno)
        trace = trace.tb_next
    if isinstance(error, SyntaxError) and error.filename:
        place = (error.filename, error.lineno or 0)
        message = error.msg
    kinds = [base.__name__ for base in kind.__mro__]
    return {"type": name, "kinds": kinds, "message": message[:1_000], "file": place[0], "line": place[1]}


def _load(spec: dict[str, Any]) -> dict[str, Any]:
    name = spec["module"]
    if spec["is_packaged"]:
        return vars(importlib.import_module(name))
    found = importlib.util.spec_from_file_location(name, spec["path"])
    assert found is not None
    assert found.loader is not None
    module = importlib.util.module_from_spec(found)
    sys.modules[name] = module
    found.loader.exec_module(module)
    return vars(module)


def _show(source: str, names: dict[str, Any]) -> dict[str, Any]:
    """What the interactive prompt would show."""
    shown: list[bool] = []

    def display(value: Any) -> None:
        if value is not None:
            shown.append(True)
            sys.stdout.write(repr(value) + "\n")

    hook = sys.displayhook
    sys.displayhook = display
    try:
        exec(compile(source, "<example>", "single", dont_inherit=True), names)
    finally:
        sys.displayhook = hook
    return {"is_shown": bool(shown)}


def _run_step(step: dict[str, Any], names: dict[str, Any]) -> dict[str, Any]:
    kind, source = step["kind"], step["source"]
    if kind == "show":
        return _show(source, names)
    if kind == "run":
        exec(compile(source, "<example>", "exec", dont_inherit=True), names)
        return {}
    left = eval(compile(source, "<example>", "eval", dont_inherit=True), names)
    result = _value(left)
    if kind == "equal":
        right = eval(compile(step["right"], "<example>", "eval", dont_inherit=True), names)
        result["right"] = _value(right)
        result["truth"] = _truth(left == right)
    return result


def _captured(work: Callable[[], Any]) -> tuple[Any, str, BaseException | None]:
    """What it returned, what it printed, what it raised."""
    capture = _Capture()
    streams = (sys.stdout, sys.stderr, sys.stdin)
    sys.stdout, sys.stderr, sys.stdin = capture, _Capture(), io.StringIO("")
    try:
        return work(), capture.text(), None
    except BaseException as error:  # noqa: BLE001 - code under test may raise anything; it is reported
        return None, capture.text(), error
    finally:
        sys.stdout, sys.stderr, sys.stdin = streams


def _main() -> None:
    spec = json.loads(sys.stdin.buffer.read())
    report = _Reporter(spec["report"], spec["nonce"])
    roots = spec["roots"]
    report.send(stage="ready")
    sys.path[0:1] = spec["search"]
    sys.argv = [spec["path"]]
    with open(spec["hang"], "w") as hang:
        faulthandler.dump_traceback_later(spec["import_seconds"], exit=True, file=hang)
        names, printed, error = _captured(lambda: _load(spec))
        faulthandler.cancel_dump_traceback_later()
        if error is not None:
            report.send(stage="import", error=_fault(error, roots), output=printed)
            return
        report.send(stage="imported", output=printed)
        for group in spec["groups"]:
            scope = dict(names)
            for step in group:
                report.send(stage="started", index=step["index"])
                faulthandler.dump_traceback_later(spec["step_seconds"], exit=True, file=hang)
                fields, printed, error = _captured(lambda step=step, scope=scope: _run_step(step, scope))  # type: ignore[misc]
                faulthandler.cancel_dump_traceback_later()
                outcome = fields if error is None else {"error": _fault(error, roots)}
                report.send(stage="finished", index=step["index"], output=printed, **outcome)
        report.send(stage="done")


if __name__ == "__main__":
    _main()
    os._exit(0)
