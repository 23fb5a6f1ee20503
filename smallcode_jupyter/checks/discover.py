"""Finding the tests of a workspace, and among them those that a change concerns."""

from __future__ import annotations

import ast
import json
import re
import shlex
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Literal

from smallcode_jupyter.checks.staged import Staging, is_cell, staged_text
from smallcode_jupyter.protocol.errors import SmallCodeError

__all__ = ["Runner", "TestPlan", "discover_tests", "is_test_file"]

Runner = Literal["pytest", "unittest", "node", ""]

_TEST_NAME = re.compile(r"test_.*\.py|.*_test\.py|tests?\.py")
_NODE_TEST_NAME = re.compile(r".*[.\-_]test\.[cm]?js|test[.\-].*\.[cm]?js|test\.[cm]?js")
_IMPORT_LINE = re.compile(r"^\s*(?:from|import)\s+.*$", re.MULTILINE)
_MOST_READ = 400
"""Python files that are searched for imports; a larger workspace is tested by direct mention only."""
_EVERYTHING = frozenset(
    {"conftest.py", "pyproject.toml", "pytest.ini", "setup.cfg", "tox.ini", "package.json"}
)
"""A change to one of these concerns every test."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TestPlan:
    """Which tests to run, and with what."""

    __test__ = False  # for pytest, which collects what is called Test...

    runner: Runner
    """Empty where the workspace has no tests."""
    targets: tuple[str, ...] = ()
    """The test files to run, those that the change concerns."""
    is_selection: bool = False
    """Whether `targets` are those that the change concerns; False if they are all there are."""
    needs_pytest: bool = False
    """Whether one of them is written for pytest, so that unittest cannot run it."""
    arguments: tuple[str, ...] = ()
    """For node: what the project's test script says after `node`."""


def is_test_file(path: str) -> bool:
    """Whether test runners would collect the file."""
    name = PurePosixPath(path).name
    return bool(_TEST_NAME.fullmatch(name) or _NODE_TEST_NAME.fullmatch(name))


def discover_tests(staging: Staging, *, changed: Iterable[str] = ()) -> TestPlan:
    """The tests that concern the changed paths; all tests if none does or nothing is said to have changed."""
    paths = [path for path in staging.paths() if not is_cell(path)]
    touched = tuple(changed)
    python_tests = sorted(path for path in paths if path.endswith(".py") and _is_python_test(path))
    node = _node_arguments(staging)
    is_script = any(re.search(r"\.[cm]?js$|^package\.json$", path) for path in touched)
    if node is not None and (is_script or not python_tests):
        tests = sorted(path for path in paths if _NODE_TEST_NAME.fullmatch(PurePosixPath(path).name))
        if tests:
            return TestPlan(runner="node", targets=tuple(tests), is_selection=is_script, arguments=node)
    texts = _read(staging, python_tests)
    texts = {path: text for path, text in texts.items() if _holds_tests(text)}
    if not texts:
        return TestPlan(runner="")
    chosen = _concerned(staging, paths, texts, touched)
    targets = chosen or tuple(texts)
    needs_pytest = any(_is_for_pytest(texts[path]) for path in targets)
    has_config = any(PurePosixPath(path).name in ("conftest.py", "pytest.ini") for path in paths)
    return TestPlan(
        runner="pytest" if needs_pytest or has_config else "unittest",
        targets=targets,
        is_selection=bool(chosen),
        needs_pytest=needs_pytest,
    )


def _is_python_test(path: str) -> bool:
    return bool(_TEST_NAME.fullmatch(PurePosixPath(path).name))


def _read(staging: Staging, paths: Iterable[str]) -> dict[str, str]:
    texts: dict[str, str] = {}
    for path in paths:
        try:
            texts[path] = staged_text(staging, path)
        except SmallCodeError:
            continue  # not text, or too large: nothing a test runner would be asked about
    return texts


def _holds_tests(text: str) -> bool:
    return bool(re.search(r"^\s*(?:async\s+)?def\s+test|^class\s+\w*Test|\bTestCase\b", text, re.MULTILINE))


def _is_for_pytest(text: str) -> bool:
    """Whether unittest would run less of it than pytest."""
    if re.search(r"^\s*(?:import|from)\s+pytest\b", text, re.MULTILINE):
        return True
    try:
        body = ast.parse(text).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return any(
        (isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test"))
        or (isinstance(node, ast.ClassDef) and node.name.startswith("Test") and not node.bases)
        for node in body
    )


def _concerned(
    staging: Staging, paths: list[str], tests: Mapping[str, str], changed: tuple[str, ...]
) -> tuple[str, ...]:
    """Tests that changed, or that mention a changed module or one that imports it, however indirectly."""
    files = [path for path in changed if not is_cell(path)]
    if any(PurePosixPath(path).name in _EVERYTHING for path in files):
        return tuple(tests)
    names = {_module_name(path) for path in files if not is_test_file(path)}
    modules = [path for path in paths if path.endswith(".py") and path not in tests]
    if names and len(modules) <= _MOST_READ:
        names = _with_importers(names, _read(staging, modules))
    return tuple(
        path for path, text in tests.items() if path in files or any(_mentions(text, name) for name in names)
    )


def _with_importers(names: set[str], texts: Mapping[str, str]) -> set[str]:
    imports = {path: "\n".join(_IMPORT_LINE.findall(text)) for path, text in texts.items()}
    found, fresh = set(names), set(names)
    while fresh:
        added = {
            _module_name(path)
            for path, lines in imports.items()
            if any(_mentions(lines, name) for name in fresh)
        }
        fresh = added - found
        found |= fresh
    return found


def _module_name(path: str) -> str:
    """What an import would call the file: its stem, or its folder for a package's own file."""
    pure = PurePosixPath(path)
    return pure.parent.name if pure.name == "__init__.py" and pure.parent.name else pure.stem


def _mentions(text: str, name: str) -> bool:
    return bool(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text))


def _node_arguments(staging: Staging) -> tuple[str, ...] | None:
    """What follows `node` in the project's test script; None if that is not node's own test runner."""
    try:
        if not staging.exists("package.json"):
            return None
        package = json.loads(staging.peek("package.json"))
        script = package["scripts"]["test"]
        words = shlex.split(script)
    except (SmallCodeError, ValueError, KeyError, TypeError, AttributeError):
        return None
    is_plain = not any(character in script for character in "&|;<>$`")
    return tuple(words[1:]) if is_plain and words[:1] == ["node"] and "--test" in words else None
