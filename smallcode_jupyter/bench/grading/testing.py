"""Tests that a solution consists of: run on the right module, and on wrong ones that they ought to notice."""

from __future__ import annotations

import ast
import re
import shutil
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from smallcode_jupyter.bench.grading.subject import SubjectDied
from smallcode_jupyter.bench.toolchains import find_toolchain
from smallcode_jupyter.sandbox.process import run_confined

if TYPE_CHECKING:
    from smallcode_jupyter.bench.grading.exam import Exam

__all__ = ["TestRun", "run_node_tests", "run_pytest"]

_PEEKING = frozenset(
    [
        "ast",
        "builtins",
        "code",
        "dis",
        "gc",
        "hashlib",
        "importlib",
        "inspect",
        "io",
        "linecache",
        "marshal",
        "os",
        "pathlib",
        "pkgutil",
        "runpy",
        "shutil",
        "subprocess",
        "sys",
        "time",
        "tokenize",
        "traceback",
    ]
)
_PEEKING_NAMES = frozenset(
    [
        "__builtins__",
        "__closure__",
        "__code__",
        "__dict__",
        "__doc__",
        "__file__",
        "__globals__",
        "__import__",
        "__loader__",
        "__spec__",
        "co_code",
        "compile",
        "eval",
        "exec",
        "getattr",
        "globals",
        "locals",
        "open",
        "sleep",
        "vars",
    ]
)
_PEEKING_IN_NODE = re.compile(
    r"""\b(?:readFile\w*|child_process|filename|__filename|setTimeout|toString|eval|Function)\b|import\.meta"""
    r"""|["'](?:node:)?(?:fs|vm|crypto|module|process|worker_threads)(?:/\w+)?["']"""
)
"""Whoever knows the source knows whether it is the right one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TestRun:
    """What a test file made of some modules."""

    passed: int
    failed: int
    """Failures and errors together."""
    output: str

    @property
    def is_green(self) -> bool:
        """At least one test passed and none failed."""
        return self.passed > 0 and self.failed == 0


def run_pytest(exam: Exam, tests: str, modules: dict[str, str]) -> TestRun:
    """In a folder of its own, without configuration or conftest files.

    Raises SubjectDied where the tests do not parse, or look at anything but the behaviour of what they test.
    """
    source = exam.text(tests)
    _refuse_peeking(source)
    options = (
        "-q",
        "--noconftest",
        "-c",
        "/dev/null",
        "-p",
        "no:cacheprovider",
        "--rootdir",
        ".",
        "--tb=line",
    )
    command = (sys.executable, "-m", "pytest", *options, Path(tests).name)
    output = _run(exam, command, {Path(tests).name: source, **modules})
    tail = output[-400:]
    count = {word: int(number) for number, word in re.findall(r"(\d+) (passed|failed|error)", tail)}
    failed = count.get("failed", 0) + count.get("error", 0)
    return TestRun(passed=count.get("passed", 0), failed=failed, output=output)


def run_node_tests(exam: Exam, tests: str, modules: dict[str, str]) -> TestRun:
    """The same with Node's own test runner."""
    source = exam.text(tests)
    if _PEEKING_IN_NODE.search(source):
        raise SubjectDied("The tests look at more than what the module does.")
    command = (str(find_toolchain("node")), "--test", "--test-reporter=tap", Path(tests).name)
    output = _run(exam, command, {Path(tests).name: source, **modules})
    count = {
        word: int(number) for word, number in re.findall(r"^# (pass|fail|cancelled) (\d+)$", output, re.M)
    }
    return TestRun(
        passed=count.get("pass", 0), failed=count.get("fail", 0) + count.get("cancelled", 0), output=output
    )


def _run(exam: Exam, command: Sequence[str], files: dict[str, str]) -> str:
    with tempfile.TemporaryDirectory(prefix="smallcode-tests-", ignore_cleanup_errors=True) as name:
        folder = Path(name).resolve()
        for path, text in files.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text, encoding="utf-8")
        for extra in exam.task.workspace.glob("package.json"):
            shutil.copyfile(extra, folder / extra.name)
        # pytest lists the folders above its own.
        policy = replace(
            exam.policy, write_roots=(folder,), seconds=exam.task.time_limit_s * 2, hides_names=False
        )
        result = run_confined(
            command,
            cwd=folder,
            policy=policy,
            env={"PYTHONPATH": str(folder), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        )
    return result.stdout + result.stderr


def _refuse_peeking(source: str) -> None:
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError) as error:
        raise SubjectDied(f"The tests do not parse: {error}", kind="parse") from error
    for node in ast.walk(tree):
        names: set[str] = set()
        if isinstance(node, ast.Import):
            names = {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names = {(node.module or "").partition(".")[0]}
        elif isinstance(node, ast.Name):
            names = {node.id} & _PEEKING_NAMES
        elif isinstance(node, ast.Attribute):
            names = {node.attr} & _PEEKING_NAMES
        if found := names & (_PEEKING | _PEEKING_NAMES):
            raise SubjectDied(f"The tests look at more than what the module does: {sorted(found)[0]}.")
