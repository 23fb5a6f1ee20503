"""Trials in a fresh process, without a kernel."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from smallcode_jupyter.sandbox.policy import SandboxPolicy, TrialReport
from smallcode_jupyter.sandbox.trial import run_script_trial


def attempt(folder: Path, code: str, namespace_code: str = "", seconds: float = 10.0) -> TrialReport:
    policy = SandboxPolicy(write_roots=(folder,), seconds=seconds)
    return run_script_trial(code, cwd=folder, policy=policy, namespace_code=namespace_code)


def test_a_cell_runs_after_the_code_before_it(tmp_path: Path) -> None:
    report = attempt(tmp_path, "print(base)\nbase = 2\nnew = base\nnew + 1", "base = 1")
    assert report == TrialReport(
        status="passed",
        stdout="1\n",
        result="3",
        added=("new",),
        changed=("base",),
        seconds=report.seconds,
    )


def test_a_failing_cell_reports_its_lines(tmp_path: Path) -> None:
    report = attempt(tmp_path, "x = 1\nhalf(x)", "def half(n):\n    return n / 0")
    assert report.status == "failed"
    assert report.traceback.splitlines() == [
        "cell line 2: half(x)",
        "earlier cell line 2, in half: return n / 0",
        "ZeroDivisionError: division by zero",
    ]


@pytest.mark.parametrize(
    "code", ["import sys; sys.exit(1)", "assert False", "x ==== 1", "raise KeyboardInterrupt"]
)
def test_every_kind_of_error_is_a_failure(tmp_path: Path, code: str) -> None:
    assert attempt(tmp_path, code).status == "failed"


def test_top_level_await_works(tmp_path: Path) -> None:
    assert (
        attempt(tmp_path, "import asyncio\nawait asyncio.sleep(0)\nawait asyncio.sleep(0, 5)").result == "5"
    )


def test_modules_of_the_folder_can_be_imported_and_files_written(tmp_path: Path) -> None:
    (tmp_path / "policy.py").write_text("mine = 9")
    assert attempt(tmp_path, "import policy; open('out','w').write('x'); policy.mine").result == "9"


def test_a_crash_an_endless_loop_and_a_refusal_are_told_apart(tmp_path: Path) -> None:
    assert attempt(tmp_path, "import os; os.abort()").error == "The process was killed by SIGABRT."
    assert attempt(tmp_path, "while True: pass", seconds=0.7).status == "timed_out"
    assert attempt(tmp_path, "open('/etc/x-trial', 'w')").status == "not_tried"


def test_code_before_it_that_fails_is_said(tmp_path: Path) -> None:
    report = attempt(tmp_path, "1", "nope")
    assert (report.status, "code before it does not run: NameError" in report.reason) == ("not_tried", True)


def test_cancelling_ends_it(tmp_path: Path) -> None:
    cancel = threading.Event()
    threading.Timer(0.3, cancel.set).start()
    policy = SandboxPolicy(write_roots=(tmp_path,))
    report = run_script_trial("import time; time.sleep(9)", cwd=tmp_path, policy=policy, cancel=cancel)
    assert (report.status, report.reason) == ("not_tried", "The trial was stopped.")
