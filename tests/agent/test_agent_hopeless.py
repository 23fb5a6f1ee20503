"""Runs end where no further answer is likely to bring anything, and not before."""

from __future__ import annotations

import pytest
from world import World, failed, file_item, passed

from smallcode_jupyter.agent.guards import is_hopeless
from smallcode_jupyter.protocol.checks import CheckReport
from smallcode_jupyter.protocol.events import ChangeProposed
from smallcode_jupyter.protocol.tasks import Task

STUB = "def f(x):\n    raise NotImplementedError\n"


def answer(body: str) -> str:
    return f"```python\ndef f(x):\n    return {body}\n```"


def run(*replies: str) -> World:
    def check(files: dict[str, str]) -> CheckReport:
        return passed() if "right" in files["a.py"] else failed(detail="f(1) returned 2, expected 3")

    def behaviour(files: dict[str, str]) -> tuple[str, ...]:
        return (files["a.py"], "1", "2")

    items = (file_item("a.py", STUB),)
    world = World(replies, files={"a.py": STUB}, items=items, check=check, behaviour=behaviour)
    world.run(Task(id="t", words="Implement f in a.py."))
    return world


@pytest.mark.parametrize(
    ("unusable", "refused", "expected"),
    [(1, None, False), (2, None, False), (3, None, True), (1, 0, False), (1, 1, True), (3, 0, True)],
)
def test_when_a_further_answer_is_hopeless(unusable: int, refused: int | None, expected: bool) -> None:
    assert is_hopeless(unusable, refused=refused) is expected


def test_after_three_answers_without_anything_usable_the_run_ends_even_with_others_between() -> None:
    world = run(answer("1"), "", answer("2"), "", answer("3"), "", answer("right"))
    assert len(world.requests) == 6


def test_the_same_failure_again_and_again_does_not_end_a_run() -> None:
    world = run(*[answer(str(number)) for number in range(5)], "", "", answer("right"))
    assert len(world.requests) == 8
    proposed = next(event for event in world.events if isinstance(event, ChangeProposed))
    assert "right" in (proposed.changes.files[0].after or "")


def test_an_answer_that_stands_is_not_compared_with_a_refused_and_an_unusable_one_any_longer() -> None:
    world = run(answer("right"), answer("1"), "", answer("right + 0"))
    assert len(world.requests) == 3
