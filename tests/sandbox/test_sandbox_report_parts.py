"""The parts of a report: marks of values, their descriptions, attempts, plots as data, and its text."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest

from smallcode_jupyter.sandbox.evidence import Evidence, with_evidence
from smallcode_jupyter.sandbox.files import coverable_folder
from smallcode_jupyter.sandbox.marks import changed_inside, mark_values
from smallcode_jupyter.sandbox.policy import FileChange, TrialReport, ValueChange
from smallcode_jupyter.sandbox.telling import tell_report
from smallcode_jupyter.sandbox.values import describe_value


class Thing:
    def __init__(self) -> None:
        self.items = [1]


class Trap:
    """Raises at every look that is not plain."""

    def __getattr__(self, name: str) -> Any:
        raise AssertionError(name)

    def __hash__(self) -> int:
        raise AssertionError

    def __eq__(self, other: object) -> bool:
        raise AssertionError

    def __repr__(self) -> str:
        raise AssertionError


def noticed(value: object, change: Any) -> bool:
    """Whether a change inside a variable shows, and none shows before it."""
    namespace = {"value": value, "other": [1]}
    before = mark_values(namespace)
    assert changed_inside(before, namespace, namespace) == ()
    change(value)
    return changed_inside(before, namespace, namespace) == ("value",)


@pytest.mark.parametrize(
    ("value", "change"),
    [
        ([1, 2], lambda v: v.append(3)),
        (list(range(100_000)), lambda v: v.__setitem__(5, 0)),
        ({"a": {"b": [1]}}, lambda v: v["a"]["b"].append(2)),
        ({1, 2}, lambda v: v.discard(1)),
        (bytearray(b"abc"), lambda v: v.__setitem__(0, 0)),
        (Thing(), lambda v: v.items.append(2)),
        (Thing(), lambda v: setattr(v, "new", 1)),
        (np.arange(10), lambda v: v.__setitem__(3, 0)),
        (np.array([[1, "a"]], dtype=object), lambda v: v.__setitem__((0, 1), "b")),
        (pd.DataFrame({"a": [1, 2]}), lambda v: v.__setitem__("b", 1)),
        (pd.DataFrame({"a": [1, 2]}), lambda v: v.pop("a")),
        (pd.DataFrame({"a": [1, 2]}), lambda v: v.__setattr__("columns", ["x"])),
        (pd.DataFrame({"a": [1, 2]}), lambda v: v.loc.__setitem__((0, "a"), 9)),
        (pd.DataFrame({"t": ["x", "y"]}), lambda v: v.loc.__setitem__((0, "t"), "z")),
        (pd.Series([1, 2]), lambda v: v.__setitem__(0, 9)),
    ],
)
def test_a_change_inside_shows(value: object, change: Any) -> None:
    assert noticed(value, change)


def test_no_code_of_the_persons_runs() -> None:
    namespace: dict[str, object] = {"trap": Trap(), "traps": [Trap()], "table": {"a": Trap()}}
    before = mark_values(namespace)
    assert changed_inside(before, namespace, namespace) == ()
    assert describe_value(namespace["trap"]) == "Trap"


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (3, "int 3"),
        ("abc", "str, 3 characters"),
        ([1, 2], "list, 2 items"),
        (np.zeros((2, 3)), "array 2×3, float64"),
        (
            pd.DataFrame({"a": [1, None], "b": ["x", "y"]}),
            "DataFrame, 2 rows, 2 columns: a float64, 1 missing; b str",
        ),
        (pd.Series([1, 2]), "Series, 2 rows, int64"),
        (Thing(), "Thing"),
    ],
)
def test_a_value_is_described_in_a_line(value: object, told: str) -> None:
    assert describe_value(value) == told


def test_what_the_kernel_saw_replaces_what_the_report_says() -> None:
    report = TrialReport(
        status="passed",
        changed=("a", "b"),
        values=(
            ValueChange(name="a", kind="changed inside", changed_bytes=8192),
            ValueChange(name="b", kind="changed inside", changed_bytes=4096),
        ),
        files=(FileChange(path="forged", kind="added"),),
    )
    seen = (FileChange(path="real", kind="deleted"),)
    evidence = Evidence(changed_bytes={"a": 4096, "hidden": 100}, files=seen)
    told = with_evidence(report, evidence, {"a": [1], "b": [2], "hidden": [3]})
    assert [(c.name, c.changed_bytes, c.before) for c in told.values] == [
        ("a", 4096, "list, 1 items"),
        ("hidden", 100, "list, 1 items"),
    ]
    assert (told.changed, told.files) == (("a", "hidden"), seen)


def test_a_folder_with_something_private_or_of_the_trial_inside_gets_no_layer(tmp_path: Path) -> None:
    work, scratch = tmp_path / "work", tmp_path / "scratch"
    (work / "private").mkdir(parents=True)
    assert coverable_folder(work, scratch, ()) == work
    assert coverable_folder(work, work / "scratch", ()) is None
    assert coverable_folder(work, scratch, (work / "private",)) is None
    assert coverable_folder(scratch / "inside", scratch, ()) is None
    assert coverable_folder(Path("/"), scratch, ()) is None


def test_attempts_are_named_once_and_never_stop_the_code() -> None:
    code = (
        "import os, sys\n"
        "from smallcode_jupyter.sandbox.attempts import Attempts\n"
        "heard = Attempts(('/tmp',)); heard.listen()\n"
        "import socket\n"
        "for _ in range(2):\n"
        "    for call in (lambda: open('/etc/hosts', 'r+'), lambda: open('/tmp/x-attempt', 'w'),\n"
        "                 lambda: open(b'/etc/hosts'),\n"
        "                 lambda: os.remove('/nowhere/x'), lambda: os.rename('/tmp/a-attempt', '/etc/b'),\n"
        "                 lambda: socket.socket(), lambda: os.kill(os.getpid(), 0)):\n"
        "        try: call()\n"
        "        except OSError: pass\n"
        "os.remove('/tmp/x-attempt')\n"
        "print('\\n'.join(heard.told()))"
    )
    root = str(Path(__file__).parents[2])
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env={**os.environ, "PYTHONPATH": root}
    )
    assert done.stdout.splitlines() == [
        "write /etc/hosts",
        "delete /nowhere/x",
        "replace /etc/b",
        "open a connection",
    ], done.stderr


def test_a_figure_is_described_without_drawing_it() -> None:
    from matplotlib.figure import Figure

    from smallcode_jupyter.sandbox.plots import describe_figure

    with mpl.rc_context():
        figure = Figure()
        axes = figure.subplots()
        axes.scatter([1, 2, float("nan")], [4, 5, 6], label="points")
        axes.imshow(np.zeros((2, 3)))
        axes.barh(["a", "b"], [1, 2])
        plot = describe_figure(figure)
    kinds = {series.kind: (series.label, series.count, series.x_range) for series in plot.axes[0].series}
    assert kinds["points"] == ("points", 3, ("1", "2"))
    assert kinds["image"] == ("", 6, ("", ""))
    assert kinds["bars"][1] == 2


def test_a_report_reads_with_the_verdict_first_and_long_lists_cut() -> None:
    values = tuple(ValueChange(name=f"n{number}", kind="added", after="int 1") for number in range(30))
    told = tell_report(
        TrialReport(status="passed", stdout="out\n", values=values, blocked=("fetch x",), seconds=0.1)
    )
    lines = told.splitlines()
    assert lines[:4] == ["It runs (0.10 s).", "printed:", "  out", "new: n0 (int 1)"]
    assert lines[-2:] == ["... and 10 more", "blocked: fetch x"]
