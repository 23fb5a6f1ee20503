"""What the kernel tells about its cells and errors."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from smallcode_jupyter.frontends.kernel import LiveKernel, recent_cells


def test_recent_cells_leave_out_our_own(shell: Any) -> None:
    for code in (
        "a = 1",
        "%load_ext smallcode_jupyter",
        "  %%smallcode\nfix\n",
        "%smallcode status",
        "b = {a}",
    ):
        shell.history_manager.store_inputs(shell.execution_count, code, code)
        shell.execution_count += 1
    assert recent_cells(shell, 5) == ((1, "a = 1"), (5, "b = {a}"))
    assert recent_cells(shell, 1) == ((5, "b = {a}"),)
    assert recent_cells(shell, 0) == ()


def test_the_last_error_names_the_cells_to_blame(shell: Any, capsys: pytest.CaptureFixture[str]) -> None:
    shell.run_cell("def mean(values):\n    return sum(values) / len(values)\n", store_history=True)
    shell.run_cell("mean([])", store_history=True)
    assert LiveKernel(shell).error_text().splitlines() == [
        "Cell In[2], line 1, in <module>: mean([])",
        "Cell In[1], line 2, in mean: return sum(values) / len(values)",
        "  values: list, 0 items = []",
        "ZeroDivisionError: division by zero",
    ]
    capsys.readouterr()


def test_the_error_is_told_only_when_it_is_asked_about(
    shell: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    shell.run_cell("numbers = [1]\nnumbers[5]", store_history=True)
    capsys.readouterr()
    facts = LiveKernel(shell)
    kinds = [[item.kind for item in facts.context_items(words)] for words in ("plot it", "fix the error")]
    assert kinds == [["variables", "cell"], ["error", "variables", "cell"]]


def test_a_cell_that_is_named_is_told_however_old(shell: Any, capsys: pytest.CaptureFixture[str]) -> None:
    for number in range(10):
        shell.run_cell(f"value = {number}", store_history=True)
    capsys.readouterr()
    names = [item.name for item in LiveKernel(shell).context_items("like cell In[2]") if item.kind == "cell"]
    assert names == ["In[2]", "In[10]", "In[9]", "In[8]", "In[7]"]


def test_accepted_code_is_remembered(shell: Any) -> None:
    facts = LiveKernel(shell)
    facts.remember("x = 1\n")
    assert [(item.name, item.text) for item in facts.context_items("more")] == [("accepted code", "x = 1\n")]


def test_a_trial_runs_in_a_copy(shell: Any, tmp_path: Path) -> None:
    """Whatever this machine can do, the shell's own variables stay as they are."""
    import threading

    shell.user_ns["kept"] = 1
    report = LiveKernel(shell).run_trial("kept = 2", seconds=10, scratch=tmp_path, cancel=threading.Event())
    assert report.status in ("passed", "not_tried")
    assert shell.user_ns["kept"] == 1
