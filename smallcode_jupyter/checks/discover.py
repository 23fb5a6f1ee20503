"""Finding the tests of a workspace, and among them those that a change concerns."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import PurePosixPath

from smallcode_jupyter.checks.languages.ecmascript import SCRIPT_SUFFIXES
from smallcode_jupyter.checks.languages.go import plan_go_tests
from smallcode_jupyter.checks.languages.node_tests import NODE_TEST_NAME, plan_node_tests
from smallcode_jupyter.checks.languages.rust import plan_rust_tests
from smallcode_jupyter.checks.staged import is_cell
from smallcode_jupyter.checks.test_run import TestPlan
from smallcode_jupyter.checks.tree import Tree

__all__ = ["discover_tests", "is_test_file", "may_hold_tests"]

_PYTHON_TEST_NAME = re.compile(r"test_.*\.py|.*_test\.py|tests?\.py")
_OTHER_TEST_PATH = re.compile(r"(?:.*/)?(?:__tests__/.*\.[cm]?[jt]sx?|tests/[^/]*\.rs|[^/]*_test\.go)")
_IMPORT_LINE = re.compile(r"^\s*(?:from|import)\s+.*$", re.MULTILINE)
_OTHER_CODE = (*SCRIPT_SUFFIXES, ".go", ".rs", ".css", ".html")
"""Python's tests do not import these."""
_MOST_READ = 400
"""Python files that are searched for imports; a larger workspace is tested by direct mention only."""
_EVERYTHING = frozenset({"conftest.py", "pyproject.toml", "pytest.ini", "setup.cfg", "tox.ini"})
"""A change to one of these concerns every test."""


def is_test_file(path: str) -> bool:
    """Whether test runners would collect the file."""
    name = PurePosixPath(path).name
    return bool(
        _PYTHON_TEST_NAME.fullmatch(name)
        or NODE_TEST_NAME.fullmatch(name)
        or _OTHER_TEST_PATH.fullmatch(path)
    )


def may_hold_tests(path: str) -> bool:
    """Whether it is worth looking into the file for tests."""
    return is_test_file(path) or path.endswith((*SCRIPT_SUFFIXES, ".rs"))


def discover_tests(tree: Tree, *, changed: Iterable[str] = ()) -> tuple[TestPlan, ...]:
    """The tests that concern the changed paths, a plan for each runner.

    All tests, marked as no selection, if none does or nothing is said to have changed. Empty where there are none.
    """
    touched = tuple(path for path in changed if not is_cell(path))
    planners: tuple[Callable[[Tree, tuple[str, ...]], tuple[TestPlan, ...]], ...] = (
        _plan_python_tests,
        plan_node_tests,
        plan_go_tests,
        plan_rust_tests,
    )
    if touched:
        chosen = tuple(plan for planner in planners for plan in planner(tree, touched))
        if chosen:
            return tuple(replace(plan, is_selection=True) for plan in chosen)
    return tuple(plan for planner in planners for plan in planner(tree, ()))


def _plan_python_tests(tree: Tree, changed: tuple[str, ...]) -> tuple[TestPlan, ...]:
    """The tests that the changed paths concern; all if `changed` is empty."""
    named = [path for path in tree.of_kind((".py",)) if _PYTHON_TEST_NAME.fullmatch(PurePosixPath(path).name)]
    texts = {path: text for path in named if _holds_tests(text := tree.text(path))}
    targets = _concerned(tree, texts, changed) if changed else tuple(texts)
    if not targets:
        return ()
    needs_pytest = any(_is_for_pytest(texts[path]) for path in targets)
    has_config = any(PurePosixPath(path).name in ("conftest.py", "pytest.ini") for path in tree.paths)
    plan = TestPlan(
        runner="pytest" if needs_pytest or has_config else "unittest",
        targets=targets,
        needs_pytest=needs_pytest,
    )
    return (plan,)


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


def _concerned(tree: Tree, tests: Mapping[str, str], changed: tuple[str, ...]) -> tuple[str, ...]:
    """Tests that changed, or that mention a changed module or one that imports it, however indirectly."""
    if any(PurePosixPath(path).name in _EVERYTHING for path in changed):
        return tuple(tests)
    names = {
        _module_name(path) for path in changed if not path.endswith(_OTHER_CODE) and not is_test_file(path)
    }
    modules = [path for path in tree.of_kind((".py",)) if path not in tests]
    if names and len(modules) <= _MOST_READ:
        names = _with_importers(names, {path: tree.text(path) for path in modules})
    return tuple(
        path
        for path, text in tests.items()
        if path in changed or any(_mentions(text, name) for name in names)
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
