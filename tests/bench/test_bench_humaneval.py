"""The public set as tasks of our format."""

from __future__ import annotations

import pytest

from smallcode_jupyter.bench.grading.grade import Produced, files_of, grade
from smallcode_jupyter.bench.tasks import BenchTask, load_suite
from smallcode_jupyter.frontends.commands.bench_run import choose_tasks


@pytest.fixture(scope="module")
def suite() -> dict[str, BenchTask]:
    return {task.id: task for task in load_suite("humaneval")}


def test_the_whole_set_is_there_and_every_fourth_is_taken(suite: dict[str, BenchTask]) -> None:
    chosen = choose_tasks("humaneval", categories=(), patterns=())
    assert len(suite) == 164
    assert sorted(task.id for task in chosen) == [f"he-{number:03}" for number in range(0, 164, 4)]
    named = choose_tasks("humaneval", categories=(), patterns=("he-00[12]",))
    assert sorted(task.id for task in named) == ["he-001", "he-002"]


def test_the_starter_is_the_prompt_and_nothing_of_the_tests(suite: dict[str, BenchTask]) -> None:
    task = suite["he-000"]
    (name, text), *others = files_of(task.workspace).items()
    assert (name, others) == ("solution.py", [])
    assert text.decode().lstrip().startswith("from typing import List")
    assert task.prompt == "Complete the function has_close_elements in solution.py as its docstring says."
    assert not any(b"check(candidate)" in data for data in files_of(task.workspace).values())


@pytest.mark.parametrize("name", ["he-000", "he-032", "he-038"])
def test_the_sets_own_solution_passes_and_others_do_not(suite: dict[str, BenchTask], name: str) -> None:
    task = suite[name]
    right = (task.hidden / "reference" / "solution.py").read_text()
    starter = (task.workspace / "solution.py").read_text()
    sources = {
        "right": right,
        "unfinished": starter + "    pass\n",
        "exits": starter + "    import os\n    os._exit(0)\n",
        "broken": "def (",
    }
    results = {
        what: grade(task, Produced(files={"solution.py": source.encode()})).is_solved
        for what, source in sources.items()
    }
    assert results == {"right": True, "unfinished": False, "exits": False, "broken": False}


def test_helpers_of_the_prompt_are_there_for_the_tests_as_in_the_sets_own_way(
    suite: dict[str, BenchTask],
) -> None:
    alone = (
        "def decode_cyclic(s):\n"
        "    groups = [s[i : i + 3] for i in range(0, len(s), 3)]\n"
        "    return ''.join(group[-1] + group[:-1] if len(group) == 3 else group for group in groups)\n"
    )
    assert grade(suite["he-038"], Produced(files={"solution.py": alone.encode()})).is_solved
