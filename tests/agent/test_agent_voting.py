"""Answers that no check refuses are compared by what they do."""

from __future__ import annotations

from dataclasses import replace

import pytest
from world import World, failed, file_item, passed

from smallcode_jupyter.agent.voting import most_agreed, supporters, tells_apart
from smallcode_jupyter.protocol.checks import CheckReport, CheckResult
from smallcode_jupyter.protocol.errors import ServerFault
from smallcode_jupyter.protocol.events import ChangeProposed, StrategyChosen, TaskFinished
from smallcode_jupyter.protocol.tasks import Task

STUB = "def f(x):\n    raise NotImplementedError\n"
TASK = Task(id="t", words="Implement f in a.py.")


def answer(body: str) -> str:
    return f"```python\ndef f(x):\n    return {body}\n```"


def behaviour(files: dict[str, str]) -> tuple[str, ...]:
    """What f does on 1, 2 and 3, by its text."""
    body = files["a.py"].rpartition("return ")[2].strip()
    return tuple(str(eval(body, {"x": x})) for x in (1, 2, 3))


def run(*replies: str | ServerFault, **options: object) -> tuple[World, TaskFinished]:
    options.setdefault("behaviour", behaviour)
    world = World(replies, files={"a.py": STUB}, items=(file_item("a.py", STUB),), **options)  # type: ignore[arg-type]
    return world, world.run(TASK)


def proposed(world: World) -> str:
    change = next(event for event in world.events if isinstance(event, ChangeProposed))
    return change.changes.files[0].after or ""


def test_the_answer_that_agrees_most_is_the_most_agreed() -> None:
    assert most_agreed([("1", "2"), ("1", "9"), ("1", "2")]) == 0
    assert most_agreed([("7", "8"), ("1", "2"), ("1", "2")]) == 1


def test_of_equals_the_earliest_is_taken() -> None:
    assert most_agreed([("1",), ("2",)]) == 0


def test_an_input_that_most_refuse_counts_less() -> None:
    sensible = ("1",) * 10
    refusing = ("raised ValueError", *sensible)
    assert supporters([refusing, refusing, ("0", *sensible)], 0) == 3
    assert supporters([refusing, ("0", *sensible), ("0", *sensible)], 0) == 1


def test_two_different_exceptions_are_half_alike() -> None:
    assert most_agreed([("3",), ("raised KeyError",), ("raised ValueError",)]) == 1


def test_where_an_answer_broke_it_agrees_with_nobody_and_has_no_say() -> None:
    fragile, sound = ("1", "2", "broke IndexError"), ("1", "2", "0")
    assert most_agreed([fragile, fragile, sound]) == 2
    assert supporters([fragile, fragile, sound], 2) == 3
    wrong = ("8", "9", "0")
    assert most_agreed([fragile, fragile, wrong]) == 0


def test_an_answer_that_breaks_nearly_everywhere_supports_nobody() -> None:
    assert supporters([("1", "2", "3"), ("broke IndexError", "broke IndexError", "3")], 0) == 1


def test_an_answer_that_gives_the_same_whatever_comes_in_wins_only_where_all_do() -> None:
    idle, working = ("{}", "{}", "{}"), ("{'a': 1}", "{}", "{}")
    assert most_agreed([idle, idle, working]) == 2
    assert most_agreed([idle, idle, ("broke KeyError", "broke KeyError", "{'a': 1}")]) == 0
    assert not tells_apart(idle)
    assert tells_apart(working)


def test_nothing_observed_is_no_vote() -> None:
    with pytest.raises(ValueError, match="empty"):
        most_agreed([])


def test_those_that_behave_alike_support_each_other() -> None:
    assert supporters([("1", "2"), ("1", "2"), ("3", "4")], 0) == 2
    assert supporters([("1", "2"), ("1", "2"), ("3", "4")], 2) == 1


def test_two_answers_that_behave_alike_are_enough() -> None:
    world, _ = run(answer("x + 1"), answer("1 + x"))
    assert len(world.requests) == 2
    assert "x + 1" in proposed(world)


def test_the_second_answer_is_drawn_at_a_higher_temperature_from_the_same_prompt() -> None:
    world, _ = run(answer("x + 1"), answer("1 + x"))
    first, second = world.requests
    assert second.temperature > first.temperature
    assert second.messages == first.messages


def test_answers_that_differ_are_outvoted() -> None:
    world, _ = run(answer("x - 1"), answer("x + 1"), answer("1 + x"))
    assert "x + 1" in proposed(world)
    reasons = [event.reason for event in world.events if isinstance(event, StrategyChosen)]
    assert "2 of 3 answers behave alike" in reasons[-1]


def test_after_five_answers_the_vote_is_taken() -> None:
    bodies = ("x", "x * 2", "x * 3", "x * 4", "x * 3 + 0")
    world, end = run(*(answer(body) for body in bodies))
    assert len(world.requests) == 5
    assert "x * 3" in proposed(world)
    assert end.outcome == "unvalidated"


def test_many_tests_that_pass_need_no_second_answer() -> None:
    tested = CheckReport(results=(CheckResult(name="tests", status="passed", target="t", passed=5),))
    world, _ = run(answer("x + 1"), check=lambda _: tested)
    assert len(world.requests) == 1


def test_an_answer_that_fails_its_check_has_no_vote() -> None:
    def check(files: dict[str, str]) -> CheckReport:
        return failed() if "x - 1" in files["a.py"] else passed()

    world, _ = run(answer("x - 1"), answer("x + 1"), answer("x - 1"), answer("1 + x"), check=check)
    assert "x + 1" in proposed(world)


def test_what_cannot_be_run_is_taken_at_once() -> None:
    world, _ = run(answer("x + 1"), behaviour=lambda _: ())
    assert len(world.requests) == 1


def test_a_fault_of_the_server_does_not_take_away_the_answer_that_is_there() -> None:
    world, end = run(answer("x + 1"), ServerFault("The server is gone."))
    assert "x + 1" in proposed(world)
    assert end.outcome == "unvalidated"
    assert end.problem is not None


def test_without_improvement_the_first_answer_stands() -> None:
    world = World([answer("x - 1")], files={"a.py": STUB}, behaviour=behaviour)
    world.run(replace(TASK, without=("improve",)))
    assert len(world.requests) == 1


def test_what_two_answers_break_on_is_shown_once_and_the_one_that_no_longer_does_is_taken() -> None:
    def fragile(files: dict[str, str]) -> tuple[str, ...]:
        return ("1", "2", "0" if "x or 0" in files["a.py"] else "broke TypeError")

    def breaks(files: dict[str, str]) -> tuple[str, ...]:
        return () if "x or 0" in files["a.py"] else ("f(None) raised TypeError",)

    world, _ = run(answer("x + 1"), answer("1 + x"), answer("(x or 0) + 1"), behaviour=fragile, breaks=breaks)
    assert "f(None) raised TypeError" in world.requests[2].messages[-1].content
    assert "x or 0" in proposed(world)


def test_where_nothing_usable_comes_when_told_what_it_breaks_on_the_answer_stands_at_once() -> None:
    world, end = run(
        *[answer("x + 1"), answer("1 + x"), ""],
        behaviour=lambda _: ("1", "2", "broke TypeError"),
        breaks=lambda _: ("f(None) raised TypeError",),
    )
    assert (end.outcome, len(world.requests)) == ("unvalidated", 3)
    assert "x" in proposed(world)


def test_an_answer_that_stays_fragile_is_taken_all_the_same() -> None:
    world, _ = run(
        *[answer("x + 1")] * 3,
        behaviour=lambda _: ("1", "broke TypeError"),
        breaks=lambda _: ("f(None) raised",),
    )
    assert len(world.requests) == 3
    assert "x + 1" in proposed(world)


def test_answers_for_comparison_that_fail_do_not_start_the_repair_of_one_that_passes() -> None:
    def check(files: dict[str, str]) -> CheckReport:
        return failed() if "x - " in files["a.py"] else passed()

    world, end = run(answer("x + 1"), answer("x - 1"), answer("x - 2"), check=check)
    assert end.outcome == "validated"
    assert all(len(request.messages) == len(world.requests[0].messages) for request in world.requests)
    assert "x + 1" in proposed(world)


def test_a_failed_test_that_names_the_mistake_is_repaired_with_it() -> None:
    detail = "Error: Cannot find module 'moment'"

    def check(files: dict[str, str]) -> CheckReport:
        return failed(detail=detail) if "x - " in files["a.py"] else passed()

    world, _ = run(answer("x - 1"), answer("x + 1"), answer("1 + x"), check=check)
    assert detail in world.requests[1].messages[-1].content


@pytest.mark.parametrize(("missing", "requests"), [(0, 1), (1, 2)])
def test_a_page_with_all_that_the_words_name_needs_no_second_answer(missing: int, requests: int) -> None:
    named = CheckResult(name="named", status="unchecked", target="p.html", passed=4, failed=missing)
    world, end = run(answer("x + 1"), answer("1 + x"), check=lambda _: CheckReport(results=(named,)))
    assert (end.outcome, len(world.requests)) == ("unvalidated", requests)
