"""What the kernel tells about itself, and that telling it runs nobody's code."""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy
import pandas
import pytest

from smallcode_jupyter.frontends.describe import describe, is_secret_name, mask_secrets
from smallcode_jupyter.frontends.kernel import LiveKernel, last_error, recent_cells, variables_card


class Trap:
    """Everything that can be asked of it is recorded as a fault."""

    asked: list[str] = []  # noqa: RUF012  # shared on purpose

    def __init__(self) -> None:
        self.value = 3

    def __getattribute__(self, name: str) -> Any:
        Trap.asked.append(name)
        raise RuntimeError(name)

    def __repr__(self) -> str:
        Trap.asked.append("__repr__")
        time.sleep(5)
        return "trap"

    __str__ = __repr__

    @property
    def __class__(self) -> Any:
        Trap.asked.append("__class__")
        raise RuntimeError

    def __len__(self) -> int:
        Trap.asked.append("__len__")
        raise RuntimeError

    def __eq__(self, other: object) -> bool:
        Trap.asked.append("__eq__")
        raise RuntimeError

    def __hash__(self) -> int:
        return 1


class SlyMeta(type):
    @property
    def __name__(cls) -> str:  # type: ignore[override]
        raise RuntimeError("the name of a class")


class Sly(metaclass=SlyMeta):
    pass


@dataclass
class Point:
    x: int
    password: str = "hunter2"


def add(a: int, b: Point = None, *rest: Any, api_key: str = "sk-x", flag: bool = True, **more: Any) -> int:  # type: ignore[assignment]
    """Adds two things.

    More text.
    """
    return a


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (3, "int = 3"),
        (10**400, "int = <large int>"),
        (None, "NoneType = None"),
        ("hello", "str = 'hello'"),
        ("x" * 100, "str, 100 characters = '" + "x" * 100 + "'"),
        ([1, 2.5, "a"], "list, 3 items = [1, 2.5, 'a']"),
        (list(range(100)), "list, 100 items = [0, 1, 2, 3, …]"),
        ({"a": [1], "token": "abc"}, "dict, 2 items = {'a': [1], 'token': <hidden>}"),
        ((1, (2, (3, (4,)))), "tuple, 2 items = (1, (2, (…)))"),
        (b"ab\x00", "bytes = b'ab\\x00'"),
        (Point(x=1), "Point = Point(x=1, password=<hidden>)"),
        (Point, "class Point"),
        (len, "built-in function"),
        (
            add,
            "def add(a: int, b: Point=None, *rest: Any, api_key: str=<hidden>, flag: bool=True, **more: Any)"
            " # Adds two things.",
        ),
        (numpy.arange(6.0).reshape(2, 3), "array, shape (2, 3), float64, from 0 to 5"),
        (numpy.array(["a"]), "array, shape (1,), <U1"),
    ],
)
def test_what_things_are_called(value: object, text: str) -> None:
    assert describe(value) == text


def test_no_code_of_an_object_runs_while_it_is_described() -> None:
    Trap.asked.clear()
    trap = Trap()
    texts = [describe(trap), describe([trap]), describe({"k": trap}), variables_card({"t": trap, "s": Sly()})]
    assert Trap.asked == []
    assert texts[:2] == ["Trap = Trap(value=3)", "list, 1 items = [Trap(value=3)]"]
    assert "s: Sly = <Sly>" in texts[3]


def test_a_data_frame_is_told_by_columns_gaps_and_three_rows() -> None:
    frame = pandas.DataFrame(
        {
            "city": ["Bern", None, "Rom", "Oslo"],
            "people": [1.5, 2.5, None, 4.0],
            "api_key": ["k1", "k2", "k3", "k4"],
        }
    )
    text = frame.dtypes["city"]
    assert describe(frame).splitlines() == [
        f"DataFrame 4 rows × 3 columns (city: {text}, people: float64, api_key: {text})",
        "  missing: city 1, people 1",
        "  'Bern' | 1.5 | <hidden>",
        f"  {frame.iat[1, 0]} | 2.5 | <hidden>",
        "  'Rom' | nan | <hidden>",
    ]


def test_a_wide_frame_and_hostile_cells_stay_short() -> None:
    Trap.asked.clear()
    frame = pandas.DataFrame({f"c{number}": [0] for number in range(100)})
    assert "and 88 more columns" in describe(frame)
    assert "Trap" in describe(pandas.DataFrame({"t": pandas.Series([Trap()], dtype=object)}))
    assert "__repr__" not in Trap.asked
    assert "__class__" not in Trap.asked


def test_a_series_is_told_by_its_first_values() -> None:
    assert describe(pandas.Series([1, 2, 3, 4])) == "Series of 4 int64, first: 1, 2, 3"


def test_subclasses_of_containers_are_not_asked() -> None:
    class Slow(list[int]):
        def __iter__(self) -> Any:
            raise RuntimeError

        def __len__(self) -> int:
            raise RuntimeError

    assert describe(Slow([1])) == "Slow = <Slow>"


def test_a_class_that_borrows_a_library_name_is_not_trusted() -> None:
    fake = type("ndarray", (), {"__module__": "numpy", "shape": property(lambda self: 1 / 0)})
    assert describe(fake()) == "ndarray = <ndarray>"


@pytest.mark.parametrize(
    "name", ["password", "API_KEY", "my_token", "secret_sauce", "private_key", "aws_access_key"]
)
def test_names_that_suggest_a_secret(name: str) -> None:
    assert is_secret_name(name)
    assert variables_card({name: "value"}) == f"{name}: <hidden>"


@pytest.mark.parametrize("name", ["monkey", "keyboard", "tokens_read", "author", "keys"])
def test_names_that_only_look_like_it(name: str) -> None:
    assert not is_secret_name(name)


@pytest.mark.parametrize(
    "value", ["sk-" + "a" * 20, "ghp_" + "b" * 36, "AKIA" + "C" * 16, "postgres://me:pw@host/db"]
)
def test_values_that_are_secrets_are_masked(value: str) -> None:
    card = variables_card({"text": f"use {value} now"})
    assert "<hidden>" in card
    assert value not in card
    assert mask_secrets("nothing here") == "nothing here"


def test_the_card_names_what_the_words_name_first_and_keeps_its_size() -> None:
    names: dict[str, object] = {f"v{number}": "x" * 50 for number in range(200)}
    card = variables_card({"first": 1, **names}, words="what is first?")
    lines = card.splitlines()
    assert lines[0] == "first: int = 1"
    assert lines[1].startswith("v199: ")
    assert lines[-1].endswith("more variables)")
    assert len(card) <= 1_200


def test_the_card_leaves_out_what_is_not_the_persons() -> None:
    hidden = {"preset": 1}
    names = {
        "_": 1,
        "_ih": [],
        "In": [],
        "Out": {},
        "exit": 1,
        "preset": 1,
        "mine": 2,
        "np": numpy,
        "sys": sys,
    }
    assert variables_card(names, hidden=hidden) == "mine: int = 2\nimported: sys, numpy as np"


def test_no_variables_is_no_card() -> None:
    assert variables_card({}) == ""


def test_a_hundred_thousand_variables_take_no_time() -> None:
    names: dict[str, object] = {f"v{number}": list(range(10)) for number in range(100_000)}
    began = time.process_time()
    variables_card(names)
    assert time.process_time() - began < 1.0


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
    assert last_error(shell).splitlines() == [
        "Cell In[2], line 1, in <module>: mean([])",
        "Cell In[1], line 2, in mean: return sum(values) / len(values)",
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
    names = [item.name for item in LiveKernel(shell).context_items("like @cell:2") if item.kind == "cell"]
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
