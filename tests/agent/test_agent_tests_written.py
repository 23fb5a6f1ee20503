"""Tests that the model writes: wrong ones are left out and said so, weak ones are asked to be completed."""

from __future__ import annotations

import pytest
from world import World, failed, file_item, passed

from smallcode_jupyter.protocol.checks import CheckReport, CheckResult
from smallcode_jupyter.protocol.events import ChangeProposed, Notice, StrategyChosen
from smallcode_jupyter.protocol.tasks import Task

GOOD, WRONG, MORE = "def test_good(): pass", "def test_wrong(): pass", "def test_more(): pass"
CODE = "def f(x):\n    return x\n"


def answer(*lines: str) -> str:
    return "```python test_a.py\n" + "\n".join(lines) + "\n```"


def world(*replies: str, **options: object) -> World:
    return World(
        replies,
        files={"a.py": CODE},
        items=(file_item("a.py", CODE),),
        wrong_tests=(WRONG,),
        **options,  # type: ignore[arg-type]
    )


def judge(files: dict[str, str]) -> CheckReport:
    return failed() if WRONG in files.get("test_a.py", "") else passed()


def written(world: World) -> str:
    change = next(event for event in world.events if isinstance(event, ChangeProposed))
    return change.changes.files[0].after or ""


def test_a_wrong_test_is_left_out_and_the_person_is_told() -> None:
    here = world(answer(GOOD, WRONG), check=judge)
    end = here.run(Task(id="t", words="Write tests for a.py in the new file test_a.py."))
    assert end.outcome == "validated"
    assert GOOD in written(here)
    assert WRONG not in written(here)
    notices = [event.problem.what for event in here.events if isinstance(event, Notice)]
    assert any("test_wrong" in notice for notice in notices)


def test_a_wrong_test_that_was_asked_for_by_name_is_written_anew() -> None:
    named = Task(id="t", words="Write tests for a.py in the new file test_a.py: test_good and test_wrong.")
    right = "def test_wrong(): assert True"
    here = world(answer(GOOD, WRONG), answer(GOOD, right), check=judge)
    end = here.run(named)
    assert end.outcome == "validated"
    assert right in written(here)
    assert "test_wrong had to be left out" in [e.reason for e in here.events if isinstance(e, StrategyChosen)]


def test_where_it_stays_wrong_the_others_are_proposed() -> None:
    here = world(*[answer(GOOD, WRONG)] * 9, check=judge)
    end = here.run(Task(id="t", words="Write test_good and test_wrong for a.py in the new file test_a.py."))
    assert end.outcome == "validated"
    assert (GOOD in written(here), WRONG in written(here)) == (True, False)


@pytest.mark.parametrize("words", ["Write a failing test for a.py", "Write a test that reproduces the bug"])
def test_a_test_that_is_to_fail_is_not_left_out(words: str) -> None:
    here = world(*[answer(GOOD, WRONG)] * 9, check=judge)
    here.run(Task(id="t", words=f"{words} in the new file test_a.py."))
    assert WRONG in written(here)


def test_weak_tests_are_completed_on_top_of_those_that_are_there() -> None:
    weak = CheckResult(name="strength", status="failed", target="t", passed=1, failed=3, detail="line 2: ...")

    def strength(files: dict[str, str]) -> CheckReport:
        text = files.get("test_a.py", "")
        return passed() if MORE in text else CheckReport(results=(*passed().results, weak))

    here = world(answer(GOOD), answer(GOOD, MORE), check=strength)
    end = here.run(Task(id="t", words="Write tests for a.py in the new file test_a.py."))
    assert end.outcome == "validated"
    assert MORE in written(here)
    assert "line 2: ..." in here.requests[1].messages[-1].content


def test_tests_that_stay_weak_are_still_proposed_as_validated() -> None:
    weak = CheckResult(name="strength", status="failed", target="t", passed=1, failed=3, detail="line 2: ...")
    here = world(*[answer(GOOD)] * 9, check=lambda _: CheckReport(results=(*passed().results, weak)))
    end = here.run(Task(id="t", words="Write tests for a.py in the new file test_a.py."))
    assert end.outcome == "validated"
    assert GOOD in written(here)
