"""Tests that a model wrote: those that fail on the code as it is go, and those that notice nothing are told so."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

from smallcode_jupyter.checks.launch import Launcher
from smallcode_jupyter.checks.mutants import javascript_mutants, python_mutants
from smallcode_jupyter.checks.pruning import failing_tests, without_tests
from smallcode_jupyter.checks.strength import check_strength
from smallcode_jupyter.protocol.checks import CheckResult
from smallcode_jupyter.sandbox.process import run_confined

CART = """def total(items, discount=0):
    s = 0
    for price, n in items:
        if n < 0:
            raise ValueError("n")
        s += price * n
    return s - discount
"""
STRONG = """import pytest
from cart import total

def test_sum():
    assert total([(2, 3), (1, 1)]) == 7

def test_discount():
    assert total([(2, 3)], 1) == 5

def test_none_and_negative():
    assert total([(2, 0)]) == 0
    with pytest.raises(ValueError):
        total([(2, -1)])
"""
JS = "export function f(a, b) {\n  if (a < b && b > 0) {\n    return a + b;\n  }\n  return 10;\n}\n"
JS_TEST = """import test from "node:test";
import assert from "node:assert";
import { f } from "./h.js";

test("sum", () => {
  assert.equal(f(1, 2), 3);
});

test("it's wrong", () => {
  assert.equal(f(1, 2), "(");
});
"""


@pytest.fixture
def launcher() -> Launcher:
    return Launcher(run=run_confined, seconds=60.0)


def strength(folder: Path, path: str, launcher: Launcher) -> CheckResult | None:
    return check_strength((path,), folder=folder, launcher=launcher, python=sys.executable)


def test_a_mutant_is_one_small_change_and_still_python() -> None:
    mutants = python_mutants(CART, count=20)
    assert {mutant.line for mutant in mutants} == {2, 4, 5, 6, 7}
    for mutant in mutants:
        ast.parse(mutant.text)
        assert mutant.text != CART
        assert mutant.before in CART
        assert mutant.after in mutant.text


def test_mutants_are_spread_over_the_functions() -> None:
    text = "".join(f"def f{n}(x):\n    return x + {n}\n" for n in range(20))
    assert len({mutant.line for mutant in python_mutants(text, count=10)}) == 10


def test_columns_after_letters_of_other_alphabets_are_right() -> None:
    text = 'def f(x):\n    return "äöü" + x\n'
    assert any('("äöü" - x)' in mutant.text.replace("'", '"') for mutant in python_mutants(text, count=9))


def test_what_is_no_python_has_no_mutants() -> None:
    assert python_mutants("def f(:", count=3) == ()


def test_javascript_mutants_leave_strings_and_comments_alone() -> None:
    text = 'import x from "a < b";\n// 1 < 2\nconst s = "3 > 2";\nreturn a < 5;\n'
    assert {mutant.after for mutant in javascript_mutants(text, count=9)} == {
        "return a <= 5;",
        "return a < 6;",
    }


def test_strong_tests_pass(tmp_path: Path, launcher: Launcher) -> None:
    (tmp_path / "cart.py").write_text(CART)
    (tmp_path / "test_cart.py").write_text(STRONG)
    result = strength(tmp_path, "test_cart.py", launcher)
    assert result is not None
    assert result.status == "passed", result.detail
    assert (tmp_path / "cart.py").read_text() == CART


def test_weak_tests_are_told_what_they_miss(tmp_path: Path, launcher: Launcher) -> None:
    (tmp_path / "cart.py").write_text(CART)
    (tmp_path / "test_cart.py").write_text(
        "from cart import total\n\ndef test_a():\n    assert total([]) == 0\n"
    )
    result = strength(tmp_path, "test_cart.py", launcher)
    assert result is not None
    assert result.status == "failed"
    assert result.failed > result.passed
    assert "cart.py line" in result.detail
    assert "changed to" in result.detail


def test_tests_that_fail_as_it_is_say_nothing_of_their_strength(tmp_path: Path, launcher: Launcher) -> None:
    (tmp_path / "cart.py").write_text(CART)
    (tmp_path / "test_cart.py").write_text(
        "from cart import total\n\ndef test_a():\n    assert total([]) == 1\n"
    )
    assert strength(tmp_path, "test_cart.py", launcher) is None


def test_a_test_file_that_imports_nothing_of_the_folder_is_left_alone(
    tmp_path: Path, launcher: Launcher
) -> None:
    (tmp_path / "test_x.py").write_text("import math\n\ndef test_a():\n    assert math.pi > 3\n")
    assert strength(tmp_path, "test_x.py", launcher) is None


def test_javascript_tests_are_judged_too(tmp_path: Path, launcher: Launcher) -> None:
    (tmp_path / "package.json").write_text('{"type": "module"}')
    (tmp_path / "h.js").write_text(JS)
    (tmp_path / "h.test.js").write_text(JS_TEST.partition('test("it')[0])
    result = strength(tmp_path, "h.test.js", launcher)
    assert result is not None
    assert result.status == "failed"
    assert (tmp_path / "h.js").read_text() == JS


def test_a_failing_javascript_test_is_found_and_taken_out(tmp_path: Path, launcher: Launcher) -> None:
    (tmp_path / "package.json").write_text('{"type": "module"}')
    (tmp_path / "h.js").write_text(JS)
    (tmp_path / "h.test.js").write_text(JS_TEST)
    names = failing_tests("h.test.js", folder=tmp_path, launcher=launcher, python=sys.executable)
    assert names == ("it's wrong",)
    kept = without_tests("h.test.js", JS_TEST, names)
    assert kept is not None
    assert kept.rstrip() == JS_TEST.partition('\n\ntest("it')[0]


def test_failing_python_tests_are_found_and_taken_out(tmp_path: Path, launcher: Launcher) -> None:
    text = (
        STRONG
        + "\n\nclass TestMore:\n    @staticmethod\n    def test_wrong():\n        assert total([]) == 1\n\n"
    )
    text += "    def test_right(self):\n        assert total([]) == 0\n\n\n"
    text += "@pytest.mark.parametrize('n', [0, 1])\ndef test_each(n):\n    assert total([(1, n)]) == 0\n"
    (tmp_path / "cart.py").write_text(CART)
    (tmp_path / "test_cart.py").write_text(text)
    names = failing_tests("test_cart.py", folder=tmp_path, launcher=launcher, python=sys.executable)
    assert names == ("TestMore.test_wrong", "test_each")
    kept = without_tests("test_cart.py", text, names)
    assert kept is not None
    assert "parametrize" not in kept
    assert "staticmethod" not in kept
    assert "test_right" in kept


def test_the_last_tests_are_not_taken_out() -> None:
    assert without_tests("test_a.py", "def test_a():\n    assert 0\n", ("test_a",)) is None
    assert without_tests("a.test.js", 'test("a", () => {});\n', ("a",)) is None


def test_a_test_that_is_not_there_is_not_taken_out() -> None:
    assert (
        without_tests("test_a.py", "def test_a():\n    pass\n\ndef test_b():\n    pass\n", ("test_c",))
        is None
    )
