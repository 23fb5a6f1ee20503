"""`%smallcode test`: the tests that there are, run in a copy of the kernel and, of files, in a confined process."""

from __future__ import annotations

import ast
import json
import re
import sys
import tempfile
import threading
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

from smallcode_jupyter.frontends.cells import trying_tests
from smallcode_jupyter.render.plain import one_line, plain
from smallcode_jupyter.sandbox.policy import SandboxPolicy
from smallcode_jupyter.sandbox.process import run_confined

if TYPE_CHECKING:
    from smallcode_jupyter.frontends.kernel import LiveKernel

__all__ = ["run_tests"]

_SECONDS = 120.0
_MARKS = {"passed": "✓", "failed": "✗", "not run": "–"}
_PATTERNS = ("test_*.py", "*_test.py", "tests/test_*.py", "tests/*_test.py")
_MOST_FILES = 100
_LINE = re.compile(r":(\d+): ")
_Verdict = tuple[str, str, str, str]


def run_tests(shell: Any, facts: LiveKernel, root: Path) -> str:  # IPython is not typed
    """Every test with its verdict, a line each, those that failed with the line that did, and the sums."""
    asserts = list(_asserts(shell, facts))
    verdicts = [*_in_copy(facts, asserts), *_in_files(root)]
    if not verdicts:
        return (
            "There are no tests: no assert in a cell, no doctest, no test_ function, no test file beside it."
        )
    lines = [_told(*verdict) for verdict in verdicts]
    sums = [(sum(verdict[0] == kind for verdict in verdicts), kind) for kind in _MARKS]
    lines.append(", ".join(f"{count} {kind}" for count, kind in sums if count) + ".")
    return plain("\n".join(lines))


def _told(verdict: str, what: str, where: str, why: str) -> str:
    place = f"  {where}" if where else ""
    return f"{_MARKS[verdict]} {what}{place}{f': {why}' if why else ''}"


def _asserts(shell: Any, facts: LiveKernel) -> Iterator[tuple[str, int, str]]:
    """The assert statements at the top of cells: of the notebook as it was saved, else of what ran."""
    found = facts.notebook()
    if found is not None:
        cells = [
            (f"cell {place}", cell.source)
            for place, cell in enumerate(found[1].cells, 1)
            if cell.type == "code"
        ]
    else:
        cells = [(f"In[{number}]", source) for number, source in facts.cells()]
    for where, source in cells:
        try:
            body = ast.parse(shell.transform_cell(source)).body
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            continue
        for node in body:
            if isinstance(node, ast.Assert):
                yield where, node.lineno, ast.unparse(node)


def _in_copy(facts: LiveKernel, asserts: list[tuple[str, int, str]]) -> list[_Verdict]:
    mark = f"tests-{uuid.uuid4().hex}:"
    module = trying_tests.__name__
    code = f"__import__({module!r}, fromlist=['report']).report(get_ipython(), {asserts!r}, {mark!r})"
    with tempfile.TemporaryDirectory(prefix="smallcode-") as scratch:
        trial = facts.run_trial(code, seconds=_SECONDS, scratch=Path(scratch), cancel=threading.Event())
    _, _, said = trial.stdout.rpartition(mark)
    if mark in trial.stdout and said.strip():
        return [tuple(verdict) for verdict in json.loads(said.splitlines()[0])]
    why = trial.reason or trial.error or "the copy gave no report"
    return [("not run", "the tests in the notebook", "", one_line(why, 300))]


def _in_files(root: Path) -> list[_Verdict]:
    """What pytest says of the test files beside the notebook."""
    files = sorted({path for pattern in _PATTERNS for path in root.glob(pattern) if path.is_file()})
    if not files:
        return []
    names = [str(path.relative_to(root)) for path in files[:_MOST_FILES]]
    with tempfile.TemporaryDirectory(prefix="smallcode-") as scratch:
        told = Path(scratch) / "report.xml"
        options = ("-q", "-p", "no:cacheprovider", f"--junitxml={told}", f"--rootdir={root}")
        outcome = run_confined(
            [sys.executable, "-B", "-m", "pytest", *options, *names],
            cwd=root,
            policy=SandboxPolicy(write_roots=(Path(scratch),), seconds=_SECONDS),
        )
        if told.is_file():
            return list(_read(told))
    why = (outcome.stderr or outcome.stdout).strip().splitlines()
    return [("not run", ", ".join(names), "", one_line(why[-1] if why else outcome.status, 200))]


def _read(told: Path) -> Iterator[_Verdict]:
    for case in ElementTree.parse(told).iter("testcase"):
        name = f"{case.get('classname', '').replace('.', '/')}.py::{case.get('name', '')}"
        fault = next((part for part in case if part.tag in ("failure", "error")), None)
        if fault is not None:
            line = _LINE.findall(fault.text or "")
            yield "failed", name, f"line {line[-1]}" if line else "", one_line(fault.get("message", ""), 200)
        elif any(part.tag == "skipped" for part in case):
            yield "not run", name, "", "skipped"
        else:
            yield "passed", name, "", ""
