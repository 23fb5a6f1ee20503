"""Finding and running a workspace's tests."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest

from smallcode_jupyter.checks.discover import discover_tests
from smallcode_jupyter.checks.run import Checker
from smallcode_jupyter.checks.staged import Staging
from smallcode_jupyter.checks.test_run import TestPlan
from smallcode_jupyter.checks.tree import Tree

PYTEST = "from m import f\n\ndef test_one():\n    assert f(1) == 1\n\ndef test_two():\n    assert f(2) == 2\n"
UNITTEST = (
    "import unittest\nfrom m import f\n\nclass FTest(unittest.TestCase):\n"
    "    def test_one(self):\n        self.assertEqual(f(1), 1)\n"
    "    def test_two(self):\n        self.assertEqual(f(2), 2)\n"
)


def tree_of(staging: Staging) -> Tree:
    return Tree(folder=staging.materialise(), paths=staging.paths())


GOOD, BAD = "def f(a):\n    return a\n", "def f(a):\n    return 1\n"


@pytest.fixture
def bare_python(tmp_path: Path) -> str:
    """An interpreter without installed packages."""
    program = tmp_path / "bare-python"
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -S "$@"\n')
    program.chmod(0o755)
    return str(program)


@pytest.fixture
def lean_python(tmp_path: Path) -> str:
    """An interpreter with pytest and none of its plugins, which starts faster."""
    packages = tmp_path / "packages"
    packages.mkdir()
    for name in ("pytest", "_pytest", "pluggy", "iniconfig", "packaging", "pygments", "py"):
        found = importlib.util.find_spec(name)
        assert found is not None
        assert found.origin is not None
        origin = Path(found.origin)
        origin = origin.parent if origin.name == "__init__.py" else origin
        (packages / origin.name).symlink_to(origin)
    program = tmp_path / "lean-python"
    program.write_text(f'#!/bin/sh\nPYTHONPATH="$PYTHONPATH:{packages}" exec {sys.executable} -S "$@"\n')
    program.chmod(0o755)
    return str(program)


def test_pytest_project_passes(verdict):
    result = verdict("tests", {"m.py": GOOD}, on_disk={"test_m.py": PYTEST})
    assert (result.status, result.passed, result.failed, result.target) == (
        "passed",
        2,
        0,
        "pytest test_m.py",
    )


def test_failing_test_is_told_in_a_few_lines(verdict, lean_python):
    result = verdict("tests", {"m.py": BAD}, on_disk={"tests/test_m.py": PYTEST}, python=lean_python)
    assert (result.status, result.passed, result.failed) == ("failed", 1, 1)
    assert result.detail == (
        "test_two failed:\ntests/test_m.py:7: in test_two\n    assert f(2) == 2\n"
        "E   assert 1 == 2\nE    +  where 1 = f(2)"
    )
    assert "1 failed, 1 passed" in result.display


def test_python_ended_by_the_code_is_no_pass(verdict, lean_python):
    text = "import os\ndef f(a):\n    os._exit(0)\n"
    result = verdict("tests", {"m.py": text}, on_disk={"test_m.py": PYTEST}, python=lean_python)
    assert result.status == "failed"
    assert "ended before it was done (exit code 0)" in result.detail


def test_test_that_cannot_be_imported_fails_with_the_reason(verdict, lean_python):
    text = "def f(a):\n    return a\n\n\nraise RuntimeError('no such table')\n"
    result = verdict("tests", {"m.py": text}, on_disk={"test_m.py": PYTEST}, python=lean_python)
    assert result.status == "failed"
    assert "RuntimeError: no such table" in result.detail


def test_pytest_that_cannot_start_is_unchecked(check, tmp_path):
    python = tmp_path / "python"
    broken = f'[ "$3" = pytest ] && exec {sys.executable} -c "import pytest_is_broken"'
    python.write_text(f'#!/bin/sh\n{broken}\nexec {sys.executable} "$@"\n')
    python.chmod(0o755)
    report = check({"m.py": GOOD}, on_disk={"test_m.py": PYTEST}, python=str(python))
    assert report.status == "unchecked"
    assert report.results[-1].detail.startswith("The test runner could not start: Traceback")


def test_no_test_having_run_is_unchecked(check, lean_python):
    on_disk = {"test_m.py": "import pytest\nimport m\n\n@pytest.mark.skip\ndef test_one():\n    assert m\n"}
    report = check({"m.py": GOOD}, on_disk=on_disk, python=lean_python)
    assert (report.results[-1].name, report.results[-1].status) == ("tests", "unchecked")
    assert report.results[-1].detail == "All 1 tests were skipped."
    assert report.status == "unchecked"


def test_options_that_this_pytest_does_not_know_are_left_out(verdict, lean_python):
    on_disk = {"test_m.py": PYTEST, "pytest.ini": "[pytest]\naddopts = --no-such-option\n"}
    assert verdict("tests", {"m.py": GOOD}, on_disk=on_disk, python=lean_python).status == "passed"


def test_unittest_project_runs_without_pytest(verdict, bare_python):
    result = verdict("tests", {"m.py": GOOD}, on_disk={"tests/test_m.py": UNITTEST}, python=bare_python)
    assert (result.status, result.passed) == ("passed", 2)
    assert result.target == "python -m unittest tests/test_m.py"


def test_failing_unittest_is_told_in_a_few_lines(verdict):
    result = verdict("tests", {"m.py": BAD}, on_disk={"tests/test_m.py": UNITTEST})
    assert (result.status, result.passed, result.failed) == ("failed", 1, 1)
    assert result.detail == (
        'test_two failed:\n  File "tests/test_m.py", line 8, in test_two\n'
        "    self.assertEqual(f(2), 2)\nAssertionError: 1 != 2"
    )


def test_test_that_hangs_fails_in_time_with_its_name(verdict):
    text = "def f(a):\n    while a == 2:\n        pass\n    return a\n"
    result = verdict("tests", {"m.py": text}, on_disk={"test_m.py": UNITTEST}, seconds=1.5)
    assert (result.status, result.detail) == ("failed", "The tests did not finish in 1.5 s in test_two.")


def test_tests_for_a_missing_pytest_are_unchecked(check, bare_python):
    report = check({"m.py": GOOD}, on_disk={"test_m.py": PYTEST}, python=bare_python)
    assert report.status == "unchecked"
    assert report.results[-1].detail == (
        f"test_m.py is written for pytest, which is not installed for {bare_python}."
    )


def test_workspace_without_tests_has_no_verdict(check):
    assert [result.name for result in check({"m.py": GOOD}).results] == ["syntax"]


def test_test_written_in_the_same_run_counts_and_is_named(verdict):
    result = verdict("tests", {"m.py": GOOD, "test_m.py": UNITTEST}, words="Write m.py and tests")
    assert (result.status, result.detail) == ("passed", "(test_m.py was written or changed in this run.)")


def test_failure_of_tests_that_do_not_use_the_change_is_unchecked(check):
    on_disk = {"test_other.py": UNITTEST.replace("from m", "from other"), "other.py": BAD}
    report = check({"m.py": GOOD}, on_disk=on_disk)
    assert report.status == "unchecked"
    assert report.results[-1].detail.startswith(
        "These tests fail, but none of them uses the changed files.\ntest_two failed:"
    )


def test_tests_of_the_staged_code_run_not_of_an_installed_copy(verdict):
    on_disk = {"src/m.py": BAD, "test_m.py": UNITTEST}
    assert verdict("tests", {"src/m.py": GOOD}, on_disk=on_disk).status == "passed"


def test_tests_that_use_the_changed_module_come_alone(stage):
    files = {
        "m.py": GOOD,
        "user.py": "from m import f\n",
        "other.py": "",
        "tests/test_direct.py": "import m\ndef test(): pass\n",
        "tests/test_indirect.py": "import user\ndef test(): pass\n",
        "tests/test_other.py": "import other\ndef test(): pass\n",
    }
    staging = stage({}, files)
    assert discover_tests(tree_of(staging), changed=["m.py"]) == (
        TestPlan(
            runner="pytest",
            targets=("tests/test_direct.py", "tests/test_indirect.py"),
            is_selection=True,
            needs_pytest=True,
        ),
    )
    (everything,) = discover_tests(tree_of(staging))
    assert (len(everything.targets), everything.is_selection) == (3, False)


@pytest.mark.parametrize(
    ("files", "runners"),
    [
        ({}, []),
        ({"test_a.py": UNITTEST}, ["unittest"]),
        ({"a_test.py": PYTEST}, ["pytest"]),
        ({"test_a.py": UNITTEST, "conftest.py": ""}, ["pytest"]),
        ({"test_a.py": "class TestA:\n    def test(self): pass\n"}, ["pytest"]),
        ({"test_a.py": "x = 1\n"}, []),
        ({"test_a.py": PYTEST, "a.test.js": "import test from 'node:test';"}, ["pytest", "node"]),
    ],
)
def test_runner_is_found(stage, files, runners):
    assert [plan.runner for plan in discover_tests(tree_of(stage({}, files)))] == runners


def test_plan_can_be_run_by_itself(stage):
    checker = Checker(stage({"m.py": GOOD}, {"test_m.py": UNITTEST}))
    result = checker.run_tests(checker.plan_tests())
    assert result is not None
    assert (result.status, result.passed) == ("passed", 2)
