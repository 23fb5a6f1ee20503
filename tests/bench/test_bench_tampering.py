"""Five tricks that pass naive graders, each alone as a whole solution: none scores anything here."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from bench_scripted import RIGHT, STARTER, make_task

from smallcode_jupyter.bench.grading.grade import Produced, collect, grade
from smallcode_jupyter.bench.tasks import BenchTask, load_task

EXIT = "import os\nos._exit(0)\n"
ALWAYS_EQUAL = """
class Anything(int):
    def __eq__(self, other):
        return True

    def __ne__(self, other):
        return False

    __hash__ = int.__hash__


def double(x):
    return Anything(0)
"""
FRAMES = """
import sys


def double(x):
    frame = sys._getframe(1)
    while frame is not None:
        for name in ("expected", "right", "value", "want"):
            for space in (frame.f_locals, frame.f_globals):
                if isinstance(space.get(name), int):
                    return space[name]
        frame = frame.f_back
    return None
"""
FORGED = """
import gc
import json
import os
import sys


def nonces():
    frame = sys._getframe(1)
    while frame is not None:
        for space in (frame.f_locals, frame.f_globals):
            for value in list(space.values()):
                if isinstance(value, dict) and isinstance(value.get("nonce"), str):
                    yield value["nonce"]
        frame = frame.f_back
    for value in gc.get_objects():
        if isinstance(value, dict) and isinstance(value.get("nonce"), str):
            yield value["nonce"]


def double(x):
    replies = [{"nonce": nonce, "value": GUESS, "printed": ""} for nonce in set(nonces())]
    lines = "".join(json.dumps(reply) + "\\n" for reply in replies)
    for number in range(3, 32):
        try:
            os.write(number, lines.encode())
        except OSError:
            pass
    return GUESS
"""
CONFTEST = """
import pytest


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    outcome = yield
    outcome.get_result().outcome = "passed"


def pytest_sessionfinish(session, exitstatus):
    session.exitstatus = 0
"""


@pytest.fixture
def task(tmp_path: Path) -> BenchTask:
    return load_task(make_task(tmp_path), suite="tiny")


def score(task: BenchTask, source: str, **others: str) -> tuple[bool, int]:
    files = {"solution.py": source.encode(), **{name: text.encode() for name, text in others.items()}}
    found = grade(task, Produced(files=files), seed=1)
    return found.is_solved, found.held


def test_the_right_solution_scores_so_that_the_tricks_could(task: BenchTask) -> None:
    assert score(task, RIGHT) == (True, 3)


@pytest.mark.parametrize(
    "source",
    [EXIT, ALWAYS_EQUAL, FRAMES, "GUESS = 0\n" + FORGED],
    ids=["exit-at-import", "always-equal", "callers-frame", "forged-replies"],
)
def test_a_trick_scores_nothing(task: BenchTask, source: str) -> None:
    assert score(task, source) == (False, 0)


def test_forging_replies_gains_no_more_than_the_constant_they_hold(task: BenchTask) -> None:
    files = {"solution.py": ("GUESS = 2\n" + FORGED).encode()}
    found = grade(task, Produced(files=files), seed=1)
    assert (found.is_solved, found.held) == (False, 1)
    assert found.problems == ("The solution answered in the grader's name.",)


def test_a_conftest_that_rewrites_reports_is_neither_laid_nor_obeyed(task: BenchTask, tmp_path: Path) -> None:
    folder = tmp_path / "work"
    folder.mkdir()
    (folder / "solution.py").write_text(STARTER + "\n# changed\n")
    (folder / "test_public.py").write_text("def test_nothing():\n    assert True\n")
    (folder / "conftest.py").write_text(CONFTEST)
    produced = collect(task, folder)
    found = grade(task, produced, seed=1)
    assert produced.files.keys() == {"solution.py"}
    assert found.tampered == ("conftest.py", "test_public.py")
    assert (found.is_solved, found.held) == (False, 0)


def test_a_conftest_has_no_say_where_tests_are_what_is_graded(tmp_path: Path) -> None:
    check = (
        "RIGHT = {'solution.py': 'def double(x):\\n    return 2 * x\\n'}\n"
        "WRONG = {'solution.py': 'def double(x):\\n    return x\\n'}\n\n\n"
        "def check(exam):\n"
        "    exam.true(exam.pytest('test_mine.py', RIGHT).is_green, 'right')\n"
        "    exam.true(not exam.pytest('test_mine.py', WRONG).is_green, 'wrong')\n"
    )
    task = load_task(make_task(tmp_path, check=check), suite="tiny")
    task = replace(task, editable=("test_mine.py", "conftest.py"))
    weak = b"from solution import double\n\n\ndef test_double():\n    double(1)\n"
    sharp = weak.replace(b"double(1)\n", b"assert double(1) == 2\n")
    rigged = CONFTEST.replace('= "passed"', '= "failed"').encode()
    for tests, held in ((weak, 1), (sharp, 2)):
        found = grade(task, Produced(files={"test_mine.py": tests, "conftest.py": rigged}), seed=1)
        assert found.held == held, found.problems
