"""Cells, tried by a runner that stands for the copy of the kernel."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from smallcode_jupyter.checks.notebook_asserts import notebook_assertions
from smallcode_jupyter.checks.wanted import required_columns, required_kinds
from smallcode_jupyter.protocol.errors import SandboxError
from smallcode_jupyter.sandbox.policy import TrialReport

CellRunner = Callable[[str], TrialReport]


def run_in(namespace: dict[str, object]) -> CellRunner:
    """A runner that executes the code in a copy of this namespace, in this process."""

    def run(code: str) -> TrialReport:
        after = dict(namespace)
        try:
            exec(compile(code, "<cell>", "exec"), after)
        except Exception as error:
            trace, line = error.__traceback__, 0
            while trace is not None:
                line = trace.tb_lineno if trace.tb_frame.f_code.co_filename == "<cell>" else line
                trace = trace.tb_next
            text = f"{type(error).__name__}: {error}"
            return TrialReport(status="failed", error=text, traceback=f"cell line {line}: ...\n{text}")
        added = tuple(sorted(name for name in after.keys() - namespace.keys() if not name.startswith("_")))
        return TrialReport(status="passed", added=added)

    return run


def test_cell_that_runs_passes(check):
    report = check({"cell:next": "total = sum(prices)"}, cell_runner=run_in({"prices": [1, 2]}))
    assert [(result.name, result.status, result.target) for result in report.results] == [
        ("syntax", "passed", "cell:next"),
        ("trial", "passed", "cell:next"),
    ]
    assert report.status == "passed"


def test_failing_cell_is_shown_with_its_line(verdict):
    code = "a = 1\nb = a / 0\nc = 2\n"
    result = verdict("trial", {"cell:next": code}, cell_runner=run_in({}))
    assert (result.status, result.failed) == ("failed", 1)
    assert result.detail == (
        "ZeroDivisionError: division by zero\nat line 2 of the cell:\n  1: a = 1\n> 2: b = a / 0\n  3: c = 2"
    )


@pytest.mark.parametrize(
    ("report", "status", "detail"),
    [
        (TrialReport(status="timed_out"), "failed", "the cell did not finish in time"),
        (TrialReport(status="crashed", error="Signal 11."), "failed", "the cell crashed Python: Signal 11."),
        (TrialReport(status="not_tried", reason="A GPU is in use."), "unchecked", "A GPU is in use."),
    ],
)
def test_other_outcomes_of_a_trial(verdict, report, status, detail):
    result = verdict("trial", {"cell:next": "x = 1"}, cell_runner=lambda code: report)
    assert (result.status, result.detail) == (status, detail)


def test_without_a_kernel_a_cell_is_unchecked(check):
    report = check({"cell:next": "x = 1"})
    assert report.status == "unchecked"
    assert report.results[-1].detail == "There is no kernel to try the cell in."


def test_trial_that_cannot_be_set_up_is_unchecked(check):
    def refuse(code: str) -> TrialReport:
        raise SandboxError("The kernel could not be copied.", why="A thread is busy.")

    report = check({"cell:next": "x = 1"}, cell_runner=refuse)
    assert (report.results[-1].name, report.results[-1].status) == ("trial", "unchecked")
    assert report.results[-1].detail == "The kernel could not be copied. A thread is busy."


def test_name_that_the_words_ask_for_must_be_there(verdict):
    result = verdict(
        "trial", {"cell:next": "mean = 3"}, words="Store the mean in `mean_price`.", cell_runner=run_in({})
    )
    assert (result.status, result.detail) == ("failed", "the cell did not define `mean_price`")


@pytest.mark.parametrize(
    "code", ["mean_price = 3", "for mean_price in [1]:\n    pass", "def mean_price(): ..."]
)
def test_name_that_the_words_ask_for_is_there(verdict, code):
    result = verdict(
        "trial", {"cell:next": code}, words="Store it in `mean_price`.", cell_runner=run_in({"mean_price": 1})
    )
    assert result.status == "passed"


FIB = "def fib(n):\n    return n if n < 2 else fib(n - 1) + fib(n - 2)\n"


def test_examples_of_the_words_hold_after_the_cell(verdict):
    words = "Write fib: fib(10) == 55, fib(0) returns 0. assert fib(1) == 1\n\n>>> fib(2)\n1\n"
    result = verdict("trial", {"cell:next": FIB}, words=words, cell_runner=run_in({}))
    assert (result.status, result.passed, result.failed) == ("passed", 5, 0)


def test_failing_examples_are_told(verdict):
    words = "fib(10) == 54, fib(0) == 0, fib('a') == 1, total == 4"
    result = verdict("trial", {"cell:next": FIB + "total = 3\n"}, words=words, cell_runner=run_in({}))
    assert (result.status, result.passed, result.failed) == ("failed", 2, 3)
    assert result.detail == (
        "fib(10) is 55, expected 54; fib('a') raised TypeError: '<' not supported between instances of "
        "'str' and 'int'; total is 3, expected 4"
    )


def test_of_many_failing_examples_three_are_told(verdict):
    words = ", ".join(f"fib({number}) == 100" for number in range(5))
    result = verdict("trial", {"cell:next": FIB}, words=words, cell_runner=run_in({}))
    assert (result.passed, result.failed) == (1, 5)
    assert result.detail.endswith("fib(2) is 1, expected 100; and 2 more")


def test_block_of_the_words_runs_after_the_cell(verdict):
    block = "```python\nxs = [fib(i) for i in range(4)]\nassert xs == [0, 1, 1, 2]\nassert fib(3)\n```\n"
    words = block + "fib(-9) raises ValueError"
    result = verdict("trial", {"cell:next": FIB}, words=words, cell_runner=run_in({}))
    assert result.detail == "fib(-9) returned -9, expected ValueError"
    assert (result.passed, result.failed) == (3, 1)


def test_floats_in_a_cell_are_compared_with_tolerance(verdict):
    result = verdict("trial", {"cell:next": "x = 0.1 + 0.2"}, words="x == 0.3", cell_runner=run_in({}))
    assert (result.status, result.passed) == ("passed", 2)


def test_nothing_is_added_to_a_cell_that_is_one_magic(verdict):
    seen: list[str] = []

    def run(code: str) -> TrialReport:
        seen.append(code)
        return TrialReport(status="passed")

    code = "%%bash\ntotal=3\n"
    assert verdict("trial", {"cell:next": code}, words="total == 3", cell_runner=run).status == "passed"
    assert seen == [code]


def notebook(*sources: str) -> str:
    cells = [
        {
            "cell_type": "code",
            "id": f"c{number}",
            "source": source,
            "metadata": {},
            "outputs": [],
            "execution_count": None,
        }
        for number, source in enumerate(sources)
    ]
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


def test_notebooks_own_assertions_hold_after_the_cell():
    text = notebook(
        "def f(a):\n    return a", "%matplotlib inline\nassert f(2) == 4, 'doubles'\nx = 1\nassert x == f(1)"
    )
    groups = notebook_assertions([text, notebook("assert g(1)")], "def f(a):\n    return a + a\n")
    assert [(step.source, step.right) for group in groups for step in group.steps] == [("f(2)", "4")]


@pytest.mark.parametrize(
    ("texts", "code"),
    [
        ([notebook("assert f(1) == 1"), notebook("assert f(1) == 2")], "def f(a): return a"),
        ([notebook("assert total == 3")], "total = 4"),
        ([notebook("assert f(rows) == 3")], "def f(a): return a"),
        (["{}"], "def f(a): return a"),
        ([notebook("assert f(")], "def f(a): return a"),
    ],
)
def test_assertions_that_may_be_meant_otherwise_do_not_count(texts, code):
    assert notebook_assertions(texts, code) == ()


def test_failing_assertion_of_the_notebook_is_told(verdict):
    on_disk = {"n.ipynb": notebook("assert f(2) == 4")}
    result = verdict(
        "trial", {"cell:next": "def f(a):\n    return a\n"}, on_disk=on_disk, cell_runner=run_in({})
    )
    assert (result.status, result.detail) == ("failed", "f(2) is 2, expected 4")


def test_story_in_the_words_holds_after_the_cell(verdict):
    code = (
        "class Jar:\n    n = 0\n    def add(self, a):\n        self.n = a\n"
        "    def total(self):\n        return self.n\n"
    )
    words = "Define a class Jar. Example: add(2); add(3) -> total() is 5"
    result = verdict("trial", {"cell:next": code}, words=words, cell_runner=run_in({}))
    assert (result.status, result.detail) == ("failed", "after add(2); add(3): total() is 3, expected 5")


@pytest.mark.parametrize(
    ("words", "kinds"),
    [
        ("Store a dict `fees` from name to sum.", [("fees", "dict")]),
        ("Make a new frame `clean` with `name`; `clean` is a DataFrame.", [("clean", "DataFrame")]),
        ("Give me `top`: a list of three", [("top", "list")]),
        ("Sum them and store it as a dictionary in `totals`.", [("totals", "dict")]),
        ("`mean` is a float rounded to 2 decimals", [("mean", "float")]),
        ("a frame like `sales` that `total` uses, a str", []),
        ("`x` is a list, then `x` becomes a dict", []),
    ],
)
def test_types_that_the_words_ask_for(words, kinds):
    assert [(name, kind) for name, kind, _ in required_kinds(words)] == kinds


@pytest.mark.parametrize(
    ("words", "columns"),
    [
        ("Make a frame `t` with exactly the columns a, b and c.", (("t", ("a", "b", "c"), True),)),
        ("A DataFrame `t` with exactly the columns `a` and `b`, one row each", (("t", ("a", "b"), True),)),
        ("A frame `t` with exactly the columns a, b, in that order", (("t", ("a", "b"), True),)),
        ("A frame `t` and a frame `u` with exactly the columns a and b", (("u", ("a", "b"), True),)),
        ("`t` should end up with the columns a and b, no more", (("t", ("a", "b"), False),)),
    ],
)
def test_columns_that_the_words_ask_for(words, columns):
    assert required_columns(words) == columns


@pytest.mark.parametrize(
    ("code", "status", "detail"),
    [
        ("import collections\nfees = collections.Counter('ab')", "passed", ""),
        ("fees = [('a', 1)]", "failed", "the type of fees is 'list', expected 'dict'"),
    ],
)
def test_type_that_the_words_ask_for_holds_after_the_cell(verdict, code, status, detail):
    result = verdict("trial", {"cell:next": code}, words="Store a dict `fees` of it.", cell_runner=run_in({}))
    assert (result.status, result.detail) == (status, detail)
