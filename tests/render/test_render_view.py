"""The fold: what each event does to the picture."""

from __future__ import annotations

import tracemalloc
from dataclasses import replace

from render_runs import envelopes, failed_report, solved_run, view_of

from smallcode_jupyter.protocol.errors import Problem
from smallcode_jupyter.protocol.events import (
    ContextPlan,
    ContextReplanned,
    Dropped,
    Envelope,
    Event,
    ModelDelta,
    ModelFinished,
    ModelStarted,
    Notice,
    Route,
    StrategyChosen,
    TaskFinished,
    TaskStarted,
    ToolFinished,
    ToolStarted,
    TurnStarted,
    UserAnswered,
    UserAsked,
)
from smallcode_jupyter.protocol.model import ModelReply, Usage
from smallcode_jupyter.protocol.tasks import Task
from smallcode_jupyter.protocol.tools import ToolCall, ToolResult
from smallcode_jupyter.render.view import Detail, Meter, ViewState, fold

START = TaskStarted(task=Task(id="t", words="w"))


def words(events: list[Event]) -> list[str]:
    return [step.words for step in view_of([START, *events]).steps[1:]]


def test_steps_read_as_sentences() -> None:
    assert [step.words for step in view_of(solved_run()).steps] == [
        "look at solution.py",
        "think · turn 1",
        "edit solution.py",
        "check syntax ✓ examples 1/3 ✗",
        "retry: examples failed (resample, temperature 0.5)",
        "think · turn 2",
        "check syntax ✓ examples 3/3 ✓",
    ]


def test_every_step_is_closed_when_the_run_ends() -> None:
    cancelled = TaskFinished(outcome="cancelled", reason="stopped by you")
    started = ModelStarted(turn=1, messages=(), kept_messages=0, temperature=0.0)
    view = view_of([START, started, cancelled])
    assert [(step.words, step.status) for step in view.steps] == [
        ("look around · stopped", "stopped"),
        ("think · turn 1 · stopped", "stopped"),
    ]


def test_the_totals_of_the_end_replace_those_counted_on_the_way() -> None:
    meter = view_of(solved_run()).meter
    assert (meter.prompt_tokens, meter.completion_tokens, meter.cached_tokens) == (1234, 210, 980)


def test_the_footer_tells_tokens_cache_speed_context_and_time() -> None:
    meter = Meter(
        prompt_tokens=1234,
        completion_tokens=210,
        cached_tokens=980,
        writing_seconds=210 / 23.4,
        context_used=1434,
        context_window=8192,
    )
    assert meter.footer(12.34) == (
        "1,234 tokens read (980 from cache) · 210 written · 23.4 tokens/s · context 1.4k/8k · 12.3 s"
    )


def test_estimated_counts_say_so() -> None:
    usage = Usage(prompt_tokens=10, completion_tokens=5, is_estimated=True)
    view = view_of([START, ModelFinished(turn=1, reply=ModelReply(text="x", usage=usage))])
    assert view.meter.footer(0.0).startswith("about 10 tokens read")


def test_what_was_dropped_from_the_prompt_is_told_with_its_reason() -> None:
    plan = ContextPlan(
        window=2048,
        prompt_tokens=1500,
        answer_tokens=500,
        kept=("task",),
        dropped=(Dropped(name="big.py", tokens=4000, reason="too large"),),
    )
    route = Route(category="write", tools=(), reason="")
    view = view_of([START, TurnStarted(turn=1, route=route, plan=plan)])
    assert view.steps[-1].words == "left out to fit the context: big.py"
    assert view.steps[-1].details == (Detail(title="big.py", text="4,000 tokens: too large"),)


def test_what_was_shortened_is_told_apart_from_what_was_left_out() -> None:
    dropped = (
        Dropped(name="big.py", tokens=4000, reason="too large"),
        Dropped(name="search_text result", tokens=900, kept_tokens=200, reason="old"),
    )
    plan = ContextPlan(window=2048, prompt_tokens=1500, answer_tokens=500, kept=("task",), dropped=dropped)
    view = view_of([START, ContextReplanned(turn=1, plan=plan)])
    assert view.steps[-1].words == "left out to fit the context: big.py; shortened: search_text result"
    assert view.steps[-1].details[1].text == "700 of 900 tokens: old"
    assert (view.meter.context_used, view.meter.context_window) == (1500, 2048)
    only = replace(plan, dropped=dropped[1:])
    view = view_of([START, ContextReplanned(turn=1, plan=only)])
    assert view.steps[-1].words == "shortened to fit the context: search_text result"


def test_a_failed_call_tells_why() -> None:
    call = ToolCall(id="c", name="read_file", arguments={"path": "a.py"})
    problem = Problem(code="NotFound", what="There is no file a.py.")
    result = ToolResult(call_id="c", name="read_file", status="error", content="…", problem=problem)
    assert words([ToolStarted(turn=1, call=call), ToolFinished(turn=1, result=result)]) == [
        "read a.py · There is no file a.py."
    ]


def test_an_unknown_tool_and_arguments_of_the_wrong_type_are_shown_by_name() -> None:
    odd = ToolCall(id="1", name="read_file", arguments={"path": 3})
    new = ToolCall(id="2", name="teleport", arguments={})
    assert words([ToolStarted(turn=1, call=odd), ToolStarted(turn=1, call=new)]) == [
        "read a file",
        "teleport",
    ]


def test_the_next_cell_is_called_so() -> None:
    call = ToolCall(id="1", name="write_file", arguments={"path": "cell:next"})
    assert words([ToolStarted(turn=1, call=call)]) == ["write the next cell"]


def test_a_broken_stream_is_told_in_its_step() -> None:
    problem = Problem(code="StreamBroken", what="The server went away.")
    started = ModelStarted(turn=1, messages=(), kept_messages=0, temperature=0.0)
    view = view_of([START, started, ModelFinished(turn=1, reply=ModelReply(text="half"), problem=problem)])
    assert (view.steps[-1].words, view.steps[-1].status) == (
        "think · turn 1 · The server went away.",
        "failed",
    )
    assert view.stream == ""


def test_question_and_answer_are_one_step() -> None:
    asked = UserAsked(question="Run `rm x`?", choices=("yes", "no"))
    assert words([asked, UserAnswered(choice="no")]) == ["ask: Run `rm x`? (yes, no) → no"]


def test_going_on_is_no_step_but_giving_up_is() -> None:
    go_on = StrategyChosen(turn=1, strategy="continue", reason="more to read")
    stop = StrategyChosen(turn=1, strategy="stop", reason="no calls left")
    assert words([go_on, stop]) == ["stop: no calls left"]


def test_a_notice_carries_its_hint() -> None:
    problem = Problem(code="x", what="Slow start.", why="The model is loaded.", hint="Wait.")
    view = view_of([START, Notice(level="warning", problem=problem)])
    assert [detail.text for detail in view.steps[-1].details] == ["The model is loaded.", "Wait."]


def test_reasoning_is_kept_apart_from_the_answer() -> None:
    events = [START, ModelDelta(turn=1, text="hm", is_reasoning=True), ModelDelta(turn=1, text="ok")]
    assert (view_of(events).stream, view_of(events).reasoning) == ("ok", "hm")


def test_ten_thousand_events_stay_small() -> None:
    """Pieces of answers are merged and cut, old steps are counted."""
    call = ToolCall(id="c", name="read_file", arguments={"path": "a.py"})
    result = ToolResult(call_id="c", name="read_file", status="ok", content="x" * 4_000)
    state = fold(ViewState(), envelopes([START])[0])
    tracemalloc.start()
    for seq in range(1, 10_001):
        kinds = (ModelDelta(turn=1, text="word " * 5), ToolStarted(turn=1, call=call))
        event = (*kinds, ToolFinished(turn=1, result=result))[seq % 3]
        state = fold(state, Envelope(run="r", seq=seq, at=float(seq), event=event))
    size, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(state.steps) == 200
    assert state.folded_steps + len(state.steps) > 3_000
    assert len(state.stream) == 8_000
    assert len(state.stream) + state.stream_cut == 25 * 3_333
    assert size < 3_000_000


def test_long_details_say_how_much_is_missing() -> None:
    result = ToolResult(call_id="c", name="read_file", status="ok", content="x" * 7_000)
    (detail,) = view_of([START, ToolFinished(turn=1, result=result)]).steps[-1].details
    assert detail.text.endswith("… 1,000 more characters; `trace` shows all")


def test_a_failed_check_carries_its_detail() -> None:
    view = view_of(solved_run())
    step = next(step for step in view.steps if step.icon == "✗")
    assert step.details == (
        Detail(title="examples 1/3 ✗ solution.py", text=failed_report().results[1].detail),
    )


def test_folding_is_pure() -> None:
    stream = envelopes(solved_run())
    state = ViewState()
    for envelope in stream:
        before = state
        state = fold(state, envelope)
        assert fold(before, envelope) == state


def test_the_same_notice_again_takes_the_place_of_the_one_before() -> None:
    again = [
        Notice(level="info", problem=Problem(code="starting", what=f"Starting: {n} s.")) for n in range(50)
    ]
    other = Notice(level="info", problem=Problem(code="other", what="Something else."))
    assert words([*again, other, again[0]]) == ["Starting: 49 s.", "Something else.", "Starting: 0 s."]
