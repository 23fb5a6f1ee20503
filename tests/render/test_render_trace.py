"""The events that travel in the output."""

from __future__ import annotations

import json
from typing import cast

from render_runs import cell_run, envelopes, solved_run, turn, view_of

from smallcode_jupyter.protocol.codec import from_json
from smallcode_jupyter.protocol.events import Event, ModelDelta, Notice, TaskStarted
from smallcode_jupyter.protocol.tasks import Task
from smallcode_jupyter.render.trace import TRACE_LIMIT, TRACE_MIME, bundle, trace_json
from smallcode_jupyter.render.view import ViewState, fold


def test_the_trace_is_all_events_but_the_pieces_of_answers() -> None:
    stream = envelopes(solved_run())
    assert [from_json(item) for item in trace_json(stream)] == [
        envelope for envelope in stream if not isinstance(envelope.event, ModelDelta)
    ]


def test_the_picture_of_the_trace_is_the_picture_that_was_live() -> None:
    stream = envelopes(solved_run())
    state = ViewState()
    for item in trace_json(stream):
        state = fold(state, from_json(item))
    assert state == view_of(solved_run())


def test_long_texts_are_cut_and_it_says_so() -> None:
    stream = envelopes(cell_run("x = 1\n" * 100_000))
    trace = trace_json(stream)
    assert len(json.dumps(trace)) <= TRACE_LIMIT + 1_000
    last = from_json(trace[-1]).event
    assert isinstance(last, Notice)
    assert last.problem.code == "trace_cut"
    assert from_json(trace[0]) == stream[0]
    assert from_json(trace[-2]).event.type == "task.finished"


def test_too_many_events_lose_their_middle() -> None:
    events: list[Event] = [TaskStarted(task=Task(id="t", words="w"))]
    for number in range(700):
        events += turn(number, "y" * 300)
    stream = envelopes([*events, *cell_run("x = 1\n")[-2:]])
    trace = trace_json(stream)
    assert len(json.dumps(trace)) <= TRACE_LIMIT
    assert from_json(trace[0]) == stream[0]
    assert from_json(trace[-2]).event.type == "task.finished"
    said = cast(Notice, from_json(trace[-1]).event)
    assert "events in the middle were left out" in said.problem.why


def test_the_bundle_holds_the_trace_under_its_own_type() -> None:
    stream = envelopes(solved_run())
    assert bundle(stream, view_of(solved_run()))[TRACE_MIME] == trace_json(stream)
