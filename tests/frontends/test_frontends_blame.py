"""Which cell is suspected first, and what must run after its correction."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from smallcode_jupyter.frontends.cells.blame import Blame, find_blame
from smallcode_jupyter.frontends.cells.flow import dependents, followed_by, names_of
from smallcode_jupyter.frontends.kernel import LiveKernel


def blame(shell: Any, *cells: str) -> Blame:
    """Run the cells, the last of which fails."""
    for cell in cells:
        result = shell.run_cell(cell, store_history=True)
    assert not result.success
    facts = LiveKernel(shell)
    error = facts.error()
    assert error is not None
    return find_blame(shell, error, facts.cells(), Path.cwd())


MEAN = "def mean(values):\n    return sum(values) / len(valeus)"
REFUSE = "def root(x):\n    if x < 0:\n        raise ValueError('negative')\n    return x ** 0.5"


@pytest.mark.parametrize(
    ("cells", "order"),
    [
        ((MEAN, "x = mean([1])"), [1, 2]),
        ((REFUSE, "size = -1", "root(size)"), [3, 1, 2]),
        (("def double(x):\n    return x + 1", "assert double(2) == 4"), [1, 2]),
        (("prices = ['3']", "rate = 2", "sum(prices)"), [3, 1]),
        (("x = = 1",), [1]),
        (("def f():\n    g()", "def g():\n    1 / 0", "f()"), [2, 1, 3]),
    ],
)
def test_the_order_of_suspicion(
    shell: Any, capsys: pytest.CaptureFixture[str], cells: tuple[str, ...], order: list[int]
) -> None:
    assert [suspect.number for suspect in blame(shell, *cells).suspects] == order
    capsys.readouterr()


def test_what_builds_on_a_suspect_runs_after_it(shell: Any, capsys: pytest.CaptureFixture[str]) -> None:
    suspects = blame(
        shell,
        "def scale(x):\n    return [x]",
        "unrelated = 1",
        "%time sizes = scale(2)",
        "other = unrelated",
        "total = sum(sizes) + 'a'",
    ).suspects
    capsys.readouterr()
    assert [(suspect.number, suspect.numbers) for suspect in suspects] == [(5, ()), (3, (5,))]
    first = suspects[1]
    assert (first.source, first.then) == ("%time sizes = scale(2)", ("total = sum(sizes) + 'a'",))


def test_a_name_that_nothing_defines_is_named(shell: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert blame(shell, "x = undefined_thing").undefined == "undefined_thing"
    capsys.readouterr()


def test_an_error_in_a_file_of_the_folder_is_the_files(
    shell: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "shop_faulty.py").write_text("def total(prices):\n    return prices['x']\n")
    monkeypatch.syspath_prepend(tmp_path)
    assert blame(shell, "import shop_faulty\nshop_faulty.total({})").file == tmp_path / "shop_faulty.py"
    capsys.readouterr()


def test_names_are_read_from_the_syntax(shell: Any) -> None:
    code = (
        "import os.path as p, json\nfor i in range(3):\n    xs.append(i)\ndf['a'] = b = 1\n"
        "def f(c):\n    local = c + g\n    return local\n%time t = u\nwith open(n) as h: pass\n"
    )
    names = names_of(shell, code)
    assert names.made == {"p", "json", "i", "b", "f", "t", "h"}
    assert "local" not in names.made
    assert names.used >= {"xs", "df", "g", "n", "u"}
    assert names.touched >= {"xs", "df"}
    added = names_of(shell, "total += price")
    assert (added.made, added.used, added.touched) == ({"total"}, {"total", "price"}, {"total"})
    assert names_of(shell, "x = = 1").made == frozenset()


def test_dependents_are_followed_step_by_step(shell: Any) -> None:
    later = ["b = a", "c = 1", "d = b", "e = c", "d.append(e)", "print(d)"]
    assert dependents(shell, "a = []", later) == (0, 2, 4, 5)


def test_a_cell_followed_by_others_is_code_that_runs_them(shell: Any) -> None:
    assert followed_by("x = 1", ()) == "x = 1"
    shell.run_cell(followed_by("x = 1\n", ("y = x + 1", "%time z = y")))
    assert (shell.user_ns["y"], shell.user_ns["z"]) == (2, 2)
    assert followed_by("%%time\nx = 1", ("y",)).startswith("\nget_ipython().run_cell('%%time")
