"""Inside a copy of the kernel: run the tests of the notebook. Nothing of this runs in the kernel itself."""

from __future__ import annotations

import ast
import contextlib
import doctest
import inspect
import io
import json
import linecache
import sys
import traceback
from collections.abc import Callable, Iterator, Sequence
from types import FunctionType
from typing import Any

from smallcode_jupyter.frontends.cards import own_variables
from smallcode_jupyter.frontends.tracebacks import cell_number
from smallcode_jupyter.frontends.values.describe import describe
from smallcode_jupyter.frontends.values.style import Style
from smallcode_jupyter.render.plain import one_line

__all__ = ["report"]

_ROOM = Style(room=60)
_Verdict = tuple[str, str, str, str]
"""`passed`, `failed` or `not run`; what was tested; where; why not."""


def report(shell: Any, asserts: Sequence[tuple[str, int, str]], mark: str) -> None:  # IPython is not typed
    """Print, after `mark`, the verdicts as JSON. `asserts`: the cell, the line, the statement."""
    output = io.StringIO()
    with contextlib.redirect_stdout(output), contextlib.redirect_stderr(output):
        verdicts = [
            *(_assert(shell, *item) for item in asserts),
            *_functions(shell),
            *_doctests(shell),
        ]
    sys.stdout.write(f"\n{mark}{json.dumps(verdicts)}\n")


def _assert(shell: Any, where: str, line: int, source: str) -> _Verdict:
    node = ast.parse(source).body[0]
    assert isinstance(node, ast.Assert)
    place = f"{where}, line {line}"
    try:
        exec(compile(source, "<assert>", "exec"), shell.user_ns)
    except AssertionError as error:
        return "failed", one_line(source, 80), place, _values(shell, node.test) or one_line(str(error), 200)
    except Exception as error:  # noqa: BLE001  # whatever the person's code raises is the verdict
        return "failed", one_line(source, 80), place, one_line(f"{type(error).__name__}: {error}", 200)
    return "passed", one_line(source, 80), place, ""


def _values(shell: Any, test: ast.expr) -> str:
    """`mean([1, 3]) is 3`: the left side of a comparison that failed, evaluated once more."""
    if not isinstance(test, ast.Compare):
        return ""
    try:
        value = eval(ast.unparse(test.left), shell.user_ns)
    except Exception:  # noqa: BLE001  # it gave a value before; then it is not shown
        return ""
    return one_line(f"{ast.unparse(test.left)} is {describe(value, _ROOM)}", 200)


def _functions(shell: Any) -> Iterator[_Verdict]:
    """`test_*` functions, and the `test_*` methods of `Test*` classes."""
    own = own_variables(shell.user_ns, shell.user_ns_hidden)
    for name, value in reversed(own.items()):
        if type(value) is FunctionType and name.startswith("test"):
            yield _call(shell, name, value, value)
        elif isinstance(value, type) and name.startswith("Test") and value.__module__ == "__main__":
            for method in [key for key in vars(value) if key.startswith("test")]:
                yield _call(shell, f"{name}.{method}", _method(value, method), vars(value)[method])


def _method(kind: type, name: str) -> Callable[[], object]:
    def call() -> object:
        unit = sys.modules.get("unittest")
        made = kind(name) if unit is not None and issubclass(kind, unit.TestCase) else kind()
        for step in ("setUp", "setup_method", name, "tearDown", "teardown_method"):
            if hasattr(made, step):
                getattr(made, step)()
        return None

    return call


def _call(shell: Any, name: str, call: Callable[[], object], function: Any) -> _Verdict:
    number = cell_number(shell, function.__code__.co_filename) if hasattr(function, "__code__") else 0
    place = f"In[{number}]" if number else ""
    needed = [
        parameter.name
        for parameter in inspect.signature(call).parameters.values()
        if parameter.default is parameter.empty and parameter.kind is not parameter.VAR_KEYWORD
    ]
    if needed:
        return "not run", name, place, f"it needs {', '.join(needed)}"
    try:
        result = call()
        if inspect.iscoroutine(result):
            shell.loop_runner(result)
    except Exception as error:  # noqa: BLE001  # whatever the person's code raises is the verdict
        return "failed", name, *_where(shell, error, place)
    return "passed", name, place, ""


def _where(shell: Any, error: BaseException, place: str) -> tuple[str, str]:
    """The line of a cell where it failed, and the message."""
    said = one_line(f"{type(error).__name__}: {error}".rstrip(": "), 200)
    frames = [
        frame for frame in traceback.extract_tb(error.__traceback__) if cell_number(shell, frame.filename)
    ]
    if not frames:
        return place, said
    last = frames[-1]
    text = linecache.getline(last.filename, last.lineno or 0).strip()
    return f"In[{cell_number(shell, last.filename)}], line {last.lineno}", f"{said}   ({one_line(text, 80)})"


def _doctests(shell: Any) -> Iterator[_Verdict]:
    finder, own = (
        doctest.DocTestFinder(exclude_empty=True),
        own_variables(shell.user_ns, shell.user_ns_hidden),
    )
    for name, value in reversed(own.items()):
        is_own = type(value) is FunctionType or isinstance(value, type)
        if not is_own or value.__module__ != "__main__" or ">>>" not in (inspect.getdoc(value) or ""):
            continue
        for test in finder.find(value, name, module=False, globs=shell.user_ns):
            if test.examples:
                yield _doctest(test)


def _doctest(test: doctest.DocTest) -> _Verdict:
    said = io.StringIO()
    runner = doctest.DocTestRunner(verbose=False, optionflags=doctest.REPORT_ONLY_FIRST_FAILURE)
    failed = runner.run(test, out=said.write, clear_globs=False).failed
    if not failed:
        return "passed", f"doctest of {test.name}", "", ""
    lines = [line.strip() for line in said.getvalue().splitlines() if line.strip() and "*****" not in line]
    told = [line for line in lines if not line.startswith(("File ", "Line ", "Failed example:"))]
    return "failed", f"doctest of {test.name}", "", one_line(" ".join(told), 200)
