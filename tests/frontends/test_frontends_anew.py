"""A cell in the place of another is tried after the cells above it alone."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest

from smallcode_jupyter.frontends.kernel import LiveKernel
from smallcode_jupyter.sandbox.policy import TrialReport

CELLS = ("rows = [3, 1, 2]", "rows.sort()\nrows.append(9)\ntop = max(rows)", "count = len(rows)")


@pytest.fixture
def kernel(shell: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any) -> LiveKernel:
    monkeypatch.chdir(tmp_path)
    for code in CELLS:
        shell.run_cell(code, store_history=True)
    capsys.readouterr()
    return LiveKernel(shell)


def anew(kernel: LiveKernel, code: str, scratch: Path) -> TrialReport | None:
    return kernel.run_anew(code, seconds=10, scratch=scratch / "trial", cancel=threading.Event())


def test_only_the_cells_above_have_run(kernel: LiveKernel, shell: Any, tmp_path: Path) -> None:
    report = anew(kernel, "top = rows[0]", tmp_path)
    assert report is not None
    assert [(value.name, value.digest) for value in report.values] == [("top", "3")]
    assert shell.user_ns["rows"] == [1, 2, 3, 9]


def test_what_a_later_cell_made_is_not_there(kernel: LiveKernel, tmp_path: Path) -> None:
    report = anew(kernel, "top = count", tmp_path)
    assert report is not None
    assert (report.status, report.is_prepared) == ("failed", True)
    assert report.error == "NameError: name 'count' is not defined"


def test_a_cell_above_that_fails_is_not_this_ones_fault(
    kernel: LiveKernel, shell: Any, tmp_path: Path
) -> None:
    shell.run_cell("rows = list(open('gone.txt'))", store_history=True)
    shell.run_cell("last = rows[-1]", store_history=True)
    report = anew(kernel, "last = rows[0]", tmp_path)
    assert report is not None
    assert not report.is_prepared


def test_a_cell_like_no_other_replaces_none(kernel: LiveKernel, tmp_path: Path) -> None:
    assert anew(kernel, "fresh = 1", tmp_path) is None
