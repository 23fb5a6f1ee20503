"""The loop through its door: words in, events and effects out."""

from __future__ import annotations

from dataclasses import replace

import pytest
from world import UNCHECKED, World, failed, file_item, passed

from smallcode_jupyter.protocol.effects import AskModel, GatherContext, OpenModel, RunCheck
from smallcode_jupyter.protocol.errors import Cancelled, ContextOverflow, NoServer, StreamBroken
from smallcode_jupyter.protocol.events import (
    ChangeProposed,
    ModelFinished,
    ModelStarted,
    PlanUpdated,
    StrategyChosen,
    ToolStarted,
    TurnStarted,
)
from smallcode_jupyter.protocol.model import ModelReply, NativeCall, OneOf, Usage
from smallcode_jupyter.protocol.tasks import Limits, Task

WRITE = Task(id="t", words="Implement f in a.py.")
GOOD = "```python a.py\ndef f(x):\n    return 1\n```"
BAD = "```python a.py\ndef f(x):\n    return 0\n```"
STUB = "def f(x):\n    ...\n"


def judge(files: dict[str, str]):  # type: ignore[no-untyped-def]
    return passed() if "return 1" in files.get("a.py", "") else failed()


def world(*replies, **more):  # type: ignore[no-untyped-def]
    more.setdefault("files", {"a.py": STUB})
    more.setdefault("items", (file_item("a.py", STUB),))
    more.setdefault("check", judge)
    return World(replies=replies, **more)


def strategies(w: World) -> list[str]:
    return [event.strategy for event in w.events if isinstance(event, StrategyChosen)]


def test_a_plain_fenced_file_is_an_edit_and_one_call_is_enough() -> None:
    w = world(GOOD)
    finished = w.run(WRITE)
    assert (finished.outcome, len(w.requests)) == ("validated", 1)
    proposed = next(event for event in w.events if isinstance(event, ChangeProposed))
    assert [(c.path, c.after) for c in proposed.changes.files] == [("a.py", "def f(x):\n    return 1\n")]


def test_a_wrong_value_is_resampled_from_the_same_prompt_at_a_higher_temperature() -> None:
    w = world(BAD, GOOD)
    assert w.run(WRITE).outcome == "validated"
    first, second = w.requests
    assert second.messages == first.messages
    assert second.temperature > first.temperature
    assert strategies(w) == ["resample", "accept"]


def test_a_precise_failure_is_repaired_with_its_message_at_the_end_of_the_prompt() -> None:
    report = failed("names", "line 2: name 're' is not defined")
    w = world(BAD, GOOD, check=lambda files: passed() if "return 1" in files["a.py"] else report)
    w.run(WRITE)
    first, second = w.requests
    assert second.messages[: len(first.messages)] == first.messages
    assert "name 're' is not defined" in second.messages[-1].content
    assert strategies(w) == ["repair", "accept"]


def test_the_best_state_wins_when_all_fail() -> None:
    scores = {"return 0": failed(ok=1), "return 2": failed(ok=3), "return 3": failed(ok=0)}
    other = BAD.replace("0", "2"), BAD.replace("0", "3")
    w = world(
        BAD,
        *other,
        check=lambda files: next(report for text, report in scores.items() if text in files["a.py"]),
    )
    finished = w.run(replace(WRITE, limits=Limits(calls=3)))
    assert finished.outcome == "gave_up"
    proposed = next(event for event in w.events if isinstance(event, ChangeProposed))
    assert "return 2" in (proposed.changes.files[0].after or "")


def test_the_same_change_again_is_named_and_resampled() -> None:
    w = world(BAD, BAD, GOOD, check=lambda f: passed() if "return 1" in f["a.py"] else failed("names"))
    w.run(WRITE)
    reasons = [event.reason for event in w.events if isinstance(event, StrategyChosen)]
    assert "the same change again" in reasons[1]


def test_the_mark_of_a_mistake_does_not_come_back_with_the_repair() -> None:
    report = failed("names", "a.py, line 2: name 'y' is not defined")
    again = "```python a.py\ndef f(x):\n    return 1  # <-- wrong: name 'y' is not defined\n```"
    w = world(
        "```python a.py\ndef f(x):\n    return y\n```",
        again,
        check=lambda files: passed() if "return 1" in files["a.py"] else report,
    )
    w.run(WRITE)
    assert "return y  # <-- wrong: name 'y' is not defined" in w.requests[1].messages[-2].content
    proposed = next(event for event in w.events if isinstance(event, ChangeProposed))
    assert proposed.changes.files[0].after == "def f(x):\n    return 1\n"


def test_after_the_file_came_back_as_it_was_the_likely_functions_are_named() -> None:
    text = "def f(x):\n    return 0\n\n\ndef g(x):\n    return 2\n"
    same = f"```python a.py\n{text}```"
    w = world(same, GOOD, files={"a.py": text}, items=(file_item("a.py", text),))
    w.run(WRITE)
    assert "its functions, corrected, in one fenced block: f" in w.requests[1].messages[-1].content


def test_after_three_wrong_values_the_next_answer_is_asked_for_with_the_last_failure() -> None:
    answers = [BAD.replace("0", str(number)) for number in (2, 3, 4)]
    w = world(*answers, BAD, GOOD)
    w.run(WRITE)
    first, *others = w.requests
    said = [request.messages[-1].content for request in others]
    assert ["it was wrong" in words for words in said] == [False, False, True, False]
    assert said[0] == said[1] == said[3] == first.messages[-1].content
    assert all(len(request.messages) == len(first.messages) for request in others)


def test_no_attempt_is_shown_twice_with_its_failure() -> None:
    answers = [BAD.replace("0", str(number)) for number in (2, 3, 4, 5, 6)]
    w = world(*answers, GOOD, check=lambda f: passed() if "return 1" in f["a.py"] else failed("names"))
    w.run(WRITE)
    shown = [
        message.content
        for request in w.requests
        for message in request.messages
        if message.role == "assistant" and "return" in message.content
    ]
    assert len(shown) >= 2
    assert len(set(shown)) == len(shown)


def test_nothing_to_check_with_is_said_and_not_called_validated() -> None:
    w = world(GOOD, check=lambda _: UNCHECKED)
    assert w.run(WRITE).outcome == "unvalidated"


def test_done_without_an_edit_is_nudged_a_bounded_number_of_times() -> None:
    w = world("Done.", "Done.", "Done.", "Done.")
    finished = w.run(WRITE)
    assert finished.outcome in ("gave_up", "answered")
    assert len(w.requests) == 3
    assert not any(isinstance(event, ChangeProposed) for event in w.events)


def test_empty_answers_end_the_run() -> None:
    w = world("", "", "", "")
    assert w.run(WRITE).outcome == "gave_up"


def test_a_question_is_answered_in_words_and_changes_nothing() -> None:
    w = world("It returns one.\n```python\nf(1)\n```")
    finished = w.run(Task(id="t", words="What does f do?"))
    assert (finished.outcome, finished.answer.startswith("It returns one.")) == ("answered", True)
    assert w.staged == {}


def test_search_shows_only_its_tools_and_leads_to_an_answer() -> None:
    w = world('{"name": "search_text", "arguments": {"pattern": "TIMEOUT"}}', "In a.py.", items=())
    finished = w.run(Task(id="t", words="Where is TIMEOUT used?"))
    assert finished.answer == "In a.py."
    assert "search_text(" in w.requests[0].messages[-1].content
    assert "read_file(" not in w.requests[0].messages[-1].content
    assert "search_text says: fine" in w.requests[1].messages[-1].content
    assert w.requests[1].messages[: len(w.requests[0].messages)] == w.requests[0].messages


def test_a_category_word_switches_the_tools_in_one_step() -> None:
    w = world("read", '{"name": "read_file", "arguments": {"path": "a.py"}}', "It is a stub.", items=())
    finished = w.run(Task(id="t", words="Where is TIMEOUT used?"))
    turns = [event.route.category for event in w.events if isinstance(event, TurnStarted)]
    assert turns[:2] == ["search", "read"]
    assert finished.answer == "It is a stub."


def test_unclear_words_are_routed_by_one_word_of_the_model() -> None:
    w = world("write", GOOD)
    assert w.run(Task(id="t", words="a.py please")).outcome == "validated"
    assert w.requests[0].max_tokens <= 4
    assert w.requests[1].messages[: len(w.requests[0].messages)] == w.requests[0].messages
    constraint = w.requests[0].constraint
    assert isinstance(constraint, OneOf)
    assert "write" in constraint.choices
    assert w.requests[1].constraint is None


def test_the_same_read_again_and_again_is_refused() -> None:
    call = '{"name": "search_text", "arguments": {"pattern": "x"}}'
    w = world(call, call, call, "Nowhere.", items=())
    w.run(Task(id="t", words="Where is x used?"))
    assert "had this answer twice" in w.requests[3].messages[-1].content


def test_a_failed_edit_is_told_exactly_and_then_the_whole_file_is_asked_for() -> None:
    edit = "a.py\n<<<<<<< SEARCH\nnot there\n=======\nx\n>>>>>>> REPLACE"
    text = "let f = 0\n" * 100
    edit, good = edit.replace("a.py", "a.js"), "```js a.js\nlet f = 1\n```"
    profile = replace(World(replies=()).profile, whole_file_lines=50)
    w = World(
        replies=(edit, edit, good),
        files={"a.js": text},
        items=(file_item("a.js", text),),
        profile=profile,
        check=lambda files: passed() if "f = 1" in files["a.js"] else failed(),
    )
    assert w.run(replace(WRITE, words="Set f in a.js to 1.")).outcome == "validated"
    assert "The old lines are not in the file." in w.requests[1].messages[-1].content
    assert "whole of a.js" in w.requests[2].messages[-1].content


def test_only_the_definitions_of_a_python_file_are_asked_for_and_merged() -> None:
    w = world(GOOD)
    w.run(WRITE)
    assert "only the functions of a.py to write or change" in w.requests[0].messages[-1].content
    assert [call.name for event in w.events if isinstance(event, ToolStarted) for call in (event.call,)] == [
        "write_definitions"
    ]


def test_a_file_written_back_unchanged_is_not_called_an_edit() -> None:
    same = f"```python a.py\n{STUB}```"
    w = world(same, same, GOOD)
    assert w.run(WRITE).outcome == "validated"
    assert strategies(w) == ["resample", "resample", "accept"]


def test_a_native_model_gets_only_its_category_and_can_leave_it() -> None:
    profile = replace(World(replies=()).profile, tool_protocol="native")
    call = NativeCall(
        id="x", name="write_file", arguments='{"path": "a.py", "content": "def f(x):\\n    return 1\\n"}'
    )
    w = world("search", ModelReply(text="In a.py."), profile=profile, items=())
    w.run(Task(id="t", words="Implement f."))
    assert {spec.category for spec in w.requests[0].tools} == {"write"}
    assert {spec.category for spec in w.requests[1].tools} == {"search"}
    assert "one word: read, search, run, plan" in w.requests[0].messages[-1].content
    w = world(ModelReply(text="", native_calls=(call,)), profile=profile)
    assert w.run(WRITE).outcome == "validated"
    assert [event.call.name for event in w.events if isinstance(event, ToolStarted)] == ["write_file"]


def test_limits_end_the_run() -> None:
    w = world(*[BAD.replace("0", str(n)) for n in range(2, 12)], check=lambda _: failed())
    finished = w.run(replace(WRITE, limits=Limits(calls=4)))
    assert (finished.outcome, len(w.requests)) == ("gave_up", 4)
    slow = ModelReply(text=BAD, usage=Usage(prompt_tokens=10, completion_tokens=5, seconds=50))
    w = world(slow, slow, slow, check=lambda _: failed())
    assert w.run(replace(WRITE, limits=Limits(seconds=90))).outcome == "gave_up"
    assert len(w.requests) == 2


def test_a_broken_stream_is_asked_once_more_and_the_prompt_is_kept() -> None:
    w = world(StreamBroken("The server went away."), GOOD)
    assert w.run(WRITE).outcome == "validated"
    finished = [event for event in w.events if isinstance(event, ModelFinished)]
    assert finished[0].problem is not None
    w = world(StreamBroken("The server went away."), StreamBroken("The server went away."))
    assert w.run(WRITE).outcome == "failed"


def test_an_overflow_is_planned_again_for_a_smaller_window() -> None:
    w = world(ContextOverflow("too long"), GOOD)
    assert w.run(WRITE).outcome == "validated"
    w = world(*[ContextOverflow("too long")] * 3)
    assert w.run(WRITE).problem is not None


@pytest.mark.parametrize("effect", [OpenModel, GatherContext, AskModel, RunCheck])
def test_a_stop_at_any_effect_leaves_a_whole_trace(effect: type) -> None:
    w = world(GOOD, raises={effect: Cancelled("stopped")})
    assert w.run(WRITE).outcome == "cancelled"


def test_no_server_is_a_failed_run_with_its_problem() -> None:
    w = world(raises={OpenModel: NoServer("No server answers.", hint="Start one.")})
    finished = w.run(WRITE)
    assert finished.outcome == "failed"
    assert finished.problem is not None
    assert finished.problem.hint == "Start one."


def test_plan_policy_never_writes() -> None:
    w = world("First change f, then run the tests.")
    finished = w.run(replace(WRITE, policy="plan"))
    assert (finished.outcome, w.staged) == ("answered", {})


def test_a_plan_is_ticked_off() -> None:
    call = '{"name": "update_plan", "arguments": {"steps": ["read", "write"], "done": ["read"]}}'
    w = world(call, "The plan stands.", items=())
    w.run(Task(id="t", words="Make a plan for a new parser."))
    plan = next(event for event in w.events if isinstance(event, PlanUpdated))
    assert [(step.words, step.is_done) for step in plan.steps] == [("read", True), ("write", False)]


def test_what_fails_now_is_shown_before_the_first_answer() -> None:
    w = world(GOOD)
    w.run(Task(id="t", words="Fix the failing test of a.py."))
    assert "f(1) returned 0, expected 1" in w.requests[0].messages[1].content


def test_only_what_is_new_of_each_prompt_is_recorded() -> None:
    w = world(BAD, GOOD)
    w.run(WRITE)
    started = [event for event in w.events if isinstance(event, ModelStarted)]
    assert [(event.kept_messages, len(event.messages)) for event in started] == [(0, 2), (2, 0)]
