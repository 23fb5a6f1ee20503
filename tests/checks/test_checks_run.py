"""The order of the checks, and what happens when one of them breaks."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest

from smallcode_jupyter.checks.run import Checker
from smallcode_jupyter.protocol.checks import CheckReport, CheckRequest
from smallcode_jupyter.protocol.errors import SandboxError

GOOD = "def f(a):\n    return a\n"


class Folder:
    """A staged state that is simply a folder; `fault` is raised where real files are asked for."""

    def __init__(self, root: Path, fault: Exception | None = None) -> None:
        self.root = root
        self._fault = fault

    def read(self, path: str) -> str:
        return (self.root / path).read_text()

    def peek(self, path: str) -> str:
        return self.read(path)

    def exists(self, path: str) -> bool:
        return (self.root / path).is_file()

    def paths(self) -> tuple[str, ...]:
        return tuple(sorted(path.name for path in self.root.iterdir()))

    def materialise(self) -> Path:
        if self._fault is not None:
            raise self._fault
        return self.root


def test_all_stages_run_in_order(check):
    on_disk = {
        "test_m.py": "import unittest, m\nclass T(unittest.TestCase):\n    def test(self): assert m.f(1)\n"
    }
    report = check({"m.py": GOOD}, on_disk=on_disk, words="f(1) == 1")
    assert [(result.name, result.status) for result in report.results] == [
        ("syntax", "passed"),
        ("examples", "passed"),
        ("tests", "passed"),
    ]
    assert report.status == "passed"


def test_stages_after_a_failed_one_are_left_out(check):
    report = check({"m.py": "def f(:", "n.py": GOOD}, words="f(1) == 2")
    assert [(result.name, result.status) for result in report.results] == [
        ("syntax", "failed"),
        ("syntax", "passed"),
    ]


def test_nothing_to_check_is_unchecked(check):
    assert check({}) == CheckReport()


def test_deleted_file_is_not_checked(check):
    assert check({"m.py": None}, on_disk={"m.py": GOOD}) == CheckReport()


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        (SandboxError("Nothing was run.", why="Because."), "Nothing was run. Because."),
        (OSError("disk gone"), "The check itself failed: OSError: disk gone"),
        (RuntimeError("oops"), "The check itself failed: RuntimeError: oops"),
    ],
)
def test_broken_check_is_unchecked_with_the_reason(tmp_path, fault, reason):
    (tmp_path / "m.py").write_text(GOOD)
    report = Checker(Folder(tmp_path, fault)).check(CheckRequest(paths=("m.py",), words="f(1) == 1"))
    assert [(result.name, result.status, result.detail) for result in report.results] == [
        ("syntax", "passed", ""),
        ("examples", "unchecked", reason),
    ]


def test_stopped_run_ends_soon_and_is_not_passed(tmp_path):
    (tmp_path / "m.py").write_text("def f(a):\n    while True:\n        pass\n")
    cancel = threading.Event()
    timer = threading.Timer(0.3, cancel.set)
    timer.start()
    started = time.monotonic()
    report = Checker(Folder(tmp_path), cancel=cancel).check(CheckRequest(paths=("m.py",), words="f(1) == 1"))
    assert time.monotonic() - started < 1.5
    assert report.status == "unchecked"
    assert "The run was stopped." in [result.detail for result in report.results]


def test_nothing_of_the_persons_is_written(stage):
    staging = stage({"m.py": "open('made.txt', 'w').write('x')\n\ndef f(a):\n    return a\n"}, {"m.py": GOOD})
    Checker(staging).check(CheckRequest(paths=("m.py",), words="f(1) == 1"))
    assert [path.name for path in staging.root.iterdir()] == ["m.py"]
    assert (staging.root / "m.py").read_text() == GOOD
