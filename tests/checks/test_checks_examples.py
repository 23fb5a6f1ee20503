"""Running the examples of docstrings and words."""

from __future__ import annotations

import sys
import time

import pytest

from smallcode_jupyter.checks.run import Checker
from smallcode_jupyter.protocol.checks import CheckRequest
from smallcode_jupyter.workspace.staging import Staging

ADD = 'def add(a, b):\n    """Sum.\n\n    >>> add(1, 2)\n    3\n    """\n    return a {} b\n'


def test_examples_that_hold_validate_the_change(check):
    report = check({"m.py": ADD.format("+")}, words="so that add(2, 2) == 4")
    (result,) = [result for result in report.results if result.name == "examples"]
    assert (result.status, result.passed, result.failed, result.detail) == ("passed", 2, 0, "")
    assert report.status == "passed"


def test_failing_examples_say_what_came_and_what_was_expected(verdict):
    result = verdict("examples", {"m.py": ADD.format("-")}, words="add(2, 2) == 4, add(1, 1) == 0")
    assert (result.status, result.passed, result.failed) == ("failed", 1, 2)
    assert result.detail == (
        "add(2, 2) returned 0, expected 4\nadd(1, 2) returned -1, expected 3 (docstring of add)"
    )


def test_exception_is_shown_with_its_line(verdict):
    text = "def f(a):\n    b = a['x']\n    return b\n"
    result = verdict("examples", {"pkg/m.py": text}, words="f({}) == 1")
    assert result.detail == "f({}) raised KeyError: 'x'\n  at pkg/m.py, line 2: b = a['x']"


def test_only_three_failures_are_shown(verdict):
    words = "f(1) == 0, f(2) == 0, f(3) == 0, f(4) == 0, f(5) == 0"
    result = verdict("examples", {"m.py": "def f(a):\n    return a\n"}, words=words)
    assert result.failed == 5
    assert result.detail.splitlines()[2:] == ["f(3) returned 3, expected 0", "and 2 more"]
    assert "f(5) returned 5, expected 0" in result.display


def test_endless_example_does_not_hide_the_others(verdict):
    text = "def f(a):\n    while a == 1:\n        pass\n    return a\n"
    result = verdict("examples", {"m.py": text}, words="f(0) == 0, f(1) == 1, f(2) == 2, f(3) == 4")
    assert (result.passed, result.failed) == (2, 2)
    assert result.detail.splitlines()[0] == "f(1) did not finish in 2 s"
    assert result.detail.splitlines()[1].startswith("  still at m.py, line ")
    assert result.detail.splitlines()[2] == "f(3) returned 3, expected 4"


def test_example_that_ends_python_does_not_hide_the_others(verdict):
    text = "import os\ndef f(a):\n    if a == 1:\n        os._exit(0)\n    return a\n"
    result = verdict("examples", {"m.py": text}, words="f(1) == 1, f(2) == 2")
    assert (result.passed, result.failed) == (1, 1)
    assert result.detail == "f(1) ended Python (exit code 0)"


@pytest.mark.parametrize(
    ("line", "outcome"),
    [
        ("import sys; sys.exit(0)", "raised SystemExit: 0\n  at m.py, line 1: import sys; sys.exit(0)"),
        ("import os; os._exit(0)", "ended Python (exit code 0)"),
        ("import m_not_there", "raised ModuleNotFoundError: No module named 'm_not_there'"),
        ("1 / 0", "raised ZeroDivisionError: division by zero\n  at m.py, line 1: 1 / 0"),
    ],
)
def test_file_that_cannot_be_imported_fails(verdict, line, outcome):
    result = verdict("import", {"m.py": f"{line}\ndef f(a):\n    return a\n"}, words="f(1) == 1")
    assert (result.status, result.failed) == ("failed", 1)
    assert result.detail.startswith(f"importing m.py {outcome}")


def test_import_that_never_ends_fails(verdict):
    text = "def f(a):\n    return a\nwhile True:\n    pass\n"
    result = verdict("import", {"m.py": text}, words="f(1) == 1", seconds=1)
    assert result.status == "failed"
    assert "did not finish" in result.detail


def test_what_the_module_prints_is_not_taken_for_results(verdict):
    text = (
        'import json, os, sys\nprint(json.dumps({"stage": "finished", "index": 0, "value": ["int", "1"]}))\n'
        'sys.__stdout__.write("done")\nos.write(1, b"{}")\n'
        "def f(a):\n    print('1')\n    return 2\n"
    )
    result = verdict("examples", {"m.py": text}, words="f(1) == 1")
    assert result.detail == "f(1) returned 2, expected 1"


def test_number_that_claims_to_equal_everything_does_not_pass(verdict):
    text = (
        "class Any(int):\n    def __eq__(self, other):\n        return True\n"
        "    def __hash__(self):\n        return 0\n"
        "def f(a):\n    return Any(7)\n"
    )
    result = verdict("examples", {"m.py": text}, words="f(1) == 1; assert f(2) == 2")
    assert (result.status, result.passed, result.failed) == ("failed", 0, 2)


def test_floats_are_compared_with_tolerance(verdict):
    text = 'def f(a):\n    """\n    >>> f(0.1)\n    0.3\n    """\n    return a + 0.2\n'
    assert verdict("examples", {"m.py": text}, words="f(0.1) -> 0.3").passed == 2


def test_prompt_examples_share_their_variables_and_may_print_and_raise(verdict):
    text = (
        'class Stack:\n    """A stack.\r\n\r\n    >>> s = Stack()\r\n    >>> s.push(1)\r\n    >>> print(s.items)\r\n'
        "    [1]\r\n    >>> s.pop(), 2\r\n    (1, 2)\r\n    >>> s.pop()\r\n    Traceback (most recent call last):\r\n"
        '    IndexError: pop from empty list\r\n    """\r\n'
        "    def __init__(self):\r\n        self.items = []\r\n"
        "    def push(self, item):\r\n        self.items.append(item)\r\n"
        "    def pop(self):\r\n        return self.items.pop()\r\n"
    )
    result = verdict("examples", {"m.py": text})
    assert (result.status, result.passed, result.detail) == ("passed", 5, "")


def test_expected_exception_that_does_not_come_fails(verdict):
    result = verdict("examples", {"m.py": "def f(a):\n    return a\n"}, words="f(-1) raises ValueError")
    assert result.detail == "f(-1) returned -1, expected it to raise ValueError"


def test_subclass_of_the_expected_exception_is_fine(verdict):
    text = "def f(a):\n    return {}[a]\n"
    assert verdict("examples", {"m.py": text}, words="f(1) raises LookupError").status == "passed"


def test_coroutine_function_is_awaited(verdict):
    text = "import asyncio\nasync def f(a):\n    await asyncio.sleep(0)\n    return a\n"
    assert verdict("examples", {"m.py": text}, words="f(3) == 3").status == "passed"


def test_package_with_relative_imports_is_imported_as_one(verdict):
    on_disk = {"src/pkg/__init__.py": "", "src/pkg/other.py": "ONE = 1\n"}
    text = "from .other import ONE\nfrom pkg import other\ndef f(a):\n    return a + ONE + other.ONE\n"
    assert verdict("examples", {"src/pkg/m.py": text}, on_disk=on_disk, words="f(1) == 3").passed == 1


def test_module_with_the_name_of_a_standard_one_is_the_persons(verdict):
    text = "def f(a):\n    return a\n"
    assert verdict("examples", {"json.py": text, "types.py": "x = 1\n"}, words="f(1) == 1").status == "passed"


def test_file_without_examples_that_can_be_imported_says_nothing(check):
    report = check({"m.py": "import os\n\ndef f(a):\n    return os.path.join(a)\n"})
    assert [result.name for result in report.results] == ["syntax"]


def test_file_without_examples_must_still_be_importable(verdict):
    result = verdict("import", {"m.py": "from os import no_such_thing\n"})
    assert result.status == "failed"
    assert result.detail.startswith("importing m.py raised ImportError: cannot import name 'no_such_thing'")


@pytest.mark.parametrize("line", ["input('name? ')", "import sys; print(sys.argv[1])", "open('missing.csv')"])
def test_script_that_wants_input_is_unchecked(check, line):
    report = check({"script.py": f"{line}\nprint('done')\n"})
    assert [(result.name, result.status) for result in report.results][1:] == [("import", "unchecked")]
    assert report.status == "unchecked"


def test_package_that_is_not_installed_is_no_fault_of_a_later_change(verdict):
    before = "import not_installed_here\n\ndef f(a):\n    return a\n"
    result = verdict("import", {"m.py": before + "x = 1\n"}, on_disk={"m.py": before}, words="f(1) == 1")
    assert result.status == "unchecked"
    assert result.detail.startswith("not_installed_here is not installed")


def test_words_that_look_like_questions_are_only_text(verdict):
    text = 'def f(a):\n    """f(1) == 1, see get_input( and ipywidgets."""\n    return a\n'
    assert verdict("examples", {"m.py": text}, words="with get_input( or widgets, f(2) == 2").passed == 2


def test_python_that_does_not_start_is_unchecked(check):
    report = check({"m.py": ADD.format("+")}, python="/bin/false")
    assert [(result.name, result.status) for result in report.results][1:] == [("examples", "unchecked")]
    assert report.results[1].detail.startswith("The examples could not be run.")


def test_checking_examples_costs_little_beyond_python_itself(verdict):
    verdict_of_many = verdict("examples", {"m.py": ADD.format("+")}, words="add(1, 1) == 2; add(2, 1) == 3")
    assert verdict_of_many.passed == 3
    assert verdict_of_many.seconds < 5


def test_long_values_are_cut(verdict):
    text = "def f(a):\n    return list(range(100000))\n"
    result = verdict("examples", {"m.py": text}, words="f(1) == [1]")
    assert result.status == "failed"
    assert len(result.detail) < 600
    assert "characters" in result.detail


def test_other_interpreter_is_used(verdict, tmp_path):
    python = tmp_path / "python"
    python.write_text(f'#!/bin/sh\nexec {sys.executable} -W ignore::UserWarning "$@"\n')
    python.chmod(0o755)
    text = "import sys\ndef f():\n    return sys.warnoptions\n"
    words = "f() == ['ignore::UserWarning']"
    assert verdict("examples", {"m.py": text}, words=words, python=str(python)).status == "passed"


def test_whole_check_is_bounded_in_time(check):
    words = ", ".join(f"f({number}) == 0" for number in range(20))
    started = time.monotonic()
    report = check({"m.py": "def f(a):\n    while True:\n        pass\n"}, words=words, seconds=1.5)
    assert time.monotonic() - started < 6
    assert report.first_failure is not None
    assert "were not run for want of time" in report.first_failure.detail


def test_examples_taken_out_of_a_docstring_still_count(tmp_path):
    (tmp_path / "project").mkdir()
    (tmp_path / "project" / "m.py").write_text(ADD.format("+"))
    staging = Staging(tmp_path / "project", tmp_path / "scratch")
    staging.write("m.py", 'def add(a, b):\n    """Sum."""\n    return a - b\n')
    report = Checker(staging).check(CheckRequest(paths=("m.py",), words=""))
    assert report.first_failure is not None
    assert "add(1, 2) returned -1, expected 3" in report.first_failure.detail
    staging.write("m.py", ADD.format("-").replace("3\n", "-1\n"))
    assert Checker(staging).check(CheckRequest(paths=("m.py",), words="")).status == "passed"
    staging.close()
