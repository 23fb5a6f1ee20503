"""Run as `python fresh.py REPORT` with a request on standard input: run one cell in this process, write the report.

The request's `namespace_code` runs first and is not judged.
"""

from __future__ import annotations

import ast
import inspect
import json
import linecache
import os
import sys
import types
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

_RESULT_CHARS = 4_000
_CELL, _EARLIER = "<cell>", "<earlier cell>"


def _run_source(source: str, filename: str, namespace: dict[str, Any], run: Callable[[Any], Any]) -> object:
    """Run the source as a cell does, `await` included; the value of its last expression, or None."""
    linecache.cache[filename] = (len(source), None, source.splitlines(keepends=True), filename)
    tree = ast.parse(source, filename)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    flags = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
    value: object = None
    parts: list[tuple[ast.Module | ast.Expression, str]] = [(tree, "exec")]
    if isinstance(last, ast.Expr):
        parts.append((ast.Expression(last.value), "eval"))
    for part, mode in parts:
        compiled = compile(part, filename, mode, flags=flags)
        value = eval(compiled, namespace)
        if compiled.co_flags & inspect.CO_COROUTINE:
            value = run(value)
    return value


def _try(request: dict[str, str]) -> dict[str, object]:
    import asyncio
    import builtins

    from smallcode_jupyter.sandbox import outcome

    def refuse(*_: object) -> str:
        raise outcome.InputRefused("a trial cannot ask")

    builtins.input = refuse
    module = types.ModuleType("__main__")
    sys.modules["__main__"] = module
    namespace = module.__dict__
    report: dict[str, object] = {"status": "passed"}
    with asyncio.Runner() as runner:
        try:
            _run_source(request["namespace_code"], _EARLIER, namespace, runner.run)
        except BaseException as error:  # noqa: BLE001  # whatever code does is a report
            line, _ = outcome.describe_error(error, request["namespace_code"], namespace)
            return {"status": "not_tried", "reason": f"The code before it does not run: {line}"}
        before = dict(namespace)
        try:
            value = _run_source(request["code"], _CELL, namespace, runner.run)
            if value is not None:
                report["result"] = outcome.shorten(repr(value), _RESULT_CHARS)
        except BaseException as error:  # noqa: BLE001  # whatever code does is a report
            line, trace = outcome.describe_error(error, request["code"], namespace)
            reason = outcome.describe_refusal(error)
            status = "not_tried" if reason else "failed"
            report = {"status": status, "error": line, "traceback": trace, "reason": reason}
        names = outcome.compare_names(before, namespace)
    report |= {key: list(found) for key, found in zip(("added", "changed", "deleted"), names, strict=True)}
    return report


def _main(place: str) -> NoReturn:
    root = str(Path(__file__).resolve().parents[2])
    request = json.load(sys.stdin)
    # The first entry is this script's folder, whose modules the code must not find.
    sys.path[0] = root
    import smallcode_jupyter.sandbox.outcome  # noqa: F401  # while its folder is on the path

    sys.path[0] = request["cwd"]
    report = _try(request)
    Path(place).write_text(json.dumps(report))
    sys.stdout.flush()
    sys.stderr.flush()
    # Threads that the code left behind must not keep the process.
    os._exit(0)


if __name__ == "__main__":
    _main(sys.argv[1])
