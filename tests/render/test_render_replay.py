"""A saved run as scenes, as frames, and beside another."""

from __future__ import annotations

from dataclasses import replace

import pytest
from render_runs import TINY, cell_run, envelopes, failed_run, passed_report, solved_run, turn

from smallcode_jupyter.protocol.changes import NEXT_CELL
from smallcode_jupyter.protocol.errors import Problem
from smallcode_jupyter.protocol.events import (
    EVENT_TYPES,
    CheckFinished,
    ContextPlan,
    ContextReplanned,
    Dropped,
    Event,
    ModelDelta,
    ModelFinished,
    ModelOpened,
    ModelStarted,
    Notice,
    StrategyChosen,
    TaskFinished,
    TaskStarted,
    ToolFinished,
    ToolStarted,
    UserAnswered,
    UserAsked,
)
from smallcode_jupyter.protocol.model import ModelReply
from smallcode_jupyter.protocol.tasks import Task
from smallcode_jupyter.protocol.tools import ToolCall, ToolResult
from smallcode_jupyter.render.comparing import MAX_COMPARED, compare_runs, comparison_html, comparison_text
from smallcode_jupyter.render.html import HTML_LIMIT
from smallcode_jupyter.render.replay import frame_html, run_html, run_text, scene_text
from smallcode_jupyter.render.scenes import MAX_SCENES, scenes_of
from smallcode_jupyter.render.why import why

OTHERS: list[Event] = [
    UserAsked(question="Run it?", choices=("yes", "no")),
    UserAnswered(choice="no"),
    Notice(level="info", problem=Problem(code="slow", what="The server is slow.")),
    ContextReplanned(
        turn=1,
        plan=ContextPlan(
            window=2_048,
            prompt_tokens=900,
            answer_tokens=512,
            kept=("task",),
            dropped=(Dropped(name="a.py", tokens=700, reason="far from the words"),),
        ),
    ),
]


def test_every_kind_of_event_says_why_it_is_there() -> None:
    events = [*solved_run(), *OTHERS]
    assert {type(event) for event in events} == set(EVENT_TYPES)
    said = {type(event): why(event) for event in events}
    assert all(sentence.endswith((".", "?")) and len(sentence) > 40 for sentence in said.values())
    assert len(set(said.values())) == len(said)


@pytest.mark.parametrize(
    ("event", "words"),
    [
        (StrategyChosen(turn=1, strategy="repair", reason=""), "precise enough"),
        (StrategyChosen(turn=1, strategy="resample", reason=""), "higher temperature"),
        (CheckFinished(turn=1, report=passed_report()), "evidence"),
        (TaskFinished(outcome="unvalidated", reason=""), "not called validated"),
        (ModelFinished(turn=1, reply=ModelReply(text="", finish_reason="guard")), "circles"),
        (ModelStarted(turn=1, messages=(), kept_messages=0, temperature=0, is_routing=True), "single word"),
        (
            ToolStarted(turn=1, call=ToolCall(id="1", name="write_file", arguments={"path": NEXT_CELL})),
            "next cell",
        ),
        (
            ToolFinished(turn=1, result=ToolResult(call_id="1", name="x", status="denied", content="")),
            "did not allow",
        ),
    ],
)
def test_the_reason_is_that_of_this_very_step(event: Event, words: str) -> None:
    assert words in why(event)


def test_pieces_of_an_answer_are_one_scene_and_all_else_is_one_each() -> None:
    scenes = scenes_of(envelopes(solved_run()))
    assert len(scenes) == len(solved_run()) - 2
    assert [scene.number for scene in scenes] == list(range(1, len(scenes) + 1))
    assert [scene.title for scene in scenes if scene.kind == "model.delta"] == [
        "the model writes, 2 pieces"
    ] * 2
    assert [scene.turn for scene in scenes][:4] == [0, 0, 0, 1]
    failed = next(scene for scene in scenes if scene.kind == "check.finished")
    assert "add(1, 2): got -1" in failed.details[0].text


def test_a_scene_tells_what_why_and_what_there_was_to_see() -> None:
    scenes = scenes_of(envelopes(cell_run("x = 1\n")))
    proposed = next(scene for scene in scenes if scene.kind == "change.proposed")
    text = scene_text(proposed, total=len(scenes))
    assert text.startswith(f"{proposed.number}/{len(scenes)}  ✎ propose the change")
    assert "why? Now it is your turn" in text
    assert "       |     x = 1\n" in text


def test_a_frame_opens_the_scene_that_is_on_and_the_whole_run_shows_every_reason() -> None:
    scenes = scenes_of(envelopes(solved_run()))
    frame = frame_html(scenes, 13)
    assert "step 13 of" in frame
    assert "4 earlier steps" in frame
    assert frame.count("<b>Why?</b>") == 1
    page = run_html(scenes, closing="Trace: run.jsonl")
    assert page.count('role="listitem"') == len(scenes)
    assert all(scene.why.split("'")[0] in page for scene in scenes)


HOSTILE = "<script>alert(1)</script>\x1b[31m\u202e <img src=x onerror=y> ![a](http://x)"


def test_texts_of_a_trace_never_become_markup_nor_escapes() -> None:
    run = [
        TaskStarted(task=Task(id="t", words=HOSTILE)),
        ModelOpened(info=replace(TINY, name=HOSTILE)),
        *turn(1, HOSTILE),
        ToolStarted(turn=1, call=ToolCall(id="1", name=HOSTILE, arguments={HOSTILE: HOSTILE})),
        TaskFinished(outcome="answered", reason=HOSTILE, answer=HOSTILE),
    ]
    scenes = scenes_of(envelopes(run))
    compared = compare_runs(envelopes(run), envelopes(solved_run()))
    pages = [run_html(scenes), comparison_html(compared)]
    pages += [frame_html(scenes, number + 1) for number in range(len(scenes))]
    for page in pages:
        assert "<script" not in page
        assert "<img" not in page
    for text in (*pages, run_text(scenes), comparison_text(compared)):
        assert "\x1b" not in text
        assert "\u202e" not in text


def test_a_huge_run_is_bounded_and_says_so() -> None:
    notice = Notice(level="info", problem=Problem(code="x", what="w" * 9_000, why="y" * 90_000))
    scenes = scenes_of(envelopes([*solved_run()[:3], *[notice] * 3_000]))
    assert len(scenes) == MAX_SCENES + 1
    assert scenes[-1].title == f"{3_003 - MAX_SCENES:,} more events not shown"
    assert len(run_html(scenes)) <= HTML_LIMIT
    assert len(run_text(scenes)) <= HTML_LIMIT


def test_times_that_go_backwards_or_are_absurd_are_shown_within_bounds() -> None:
    run = envelopes(solved_run()[:4])
    odd = [run[0], replace(run[1], at=-1e200), replace(run[2], at=1e200), replace(run[3], at=0.0)]
    assert [scene.seconds for scene in scenes_of(odd)] == [0.0, 0.0, 1e6, 1e6]


def test_two_runs_are_lined_up_and_their_first_difference_is_named() -> None:
    left, right = solved_run(), solved_run()
    again = next(index for index, event in enumerate(right) if isinstance(event, StrategyChosen))
    right[again] = StrategyChosen(turn=1, strategy="repair", reason="examples failed", temperature=0.0)
    del right[2]
    compared = compare_runs(envelopes(left), envelopes(right, step=3.0))
    assert [(item.side, item.left, item.right) for item in compared.differences] == [
        ("left", 3, 0),
        ("both", 13, 12),
    ]
    assert compared.differences[1].lines == ("-resample: examples failed", "+repair: examples failed")
    text = comparison_text(compared)
    assert "The runs go apart at step 3." in text
    assert "- only the first, step 3: ○ look at solution.py" in text
    assert "<details>" in comparison_html(compared)


def test_a_run_compared_with_itself_has_no_difference_whatever_its_times() -> None:
    run = [event for event in solved_run() if not isinstance(event, ModelDelta)]
    compared = compare_runs(envelopes(solved_run()), envelopes(run, step=9.0))
    assert compared.differences == ()
    assert "all the same but for their times" in comparison_text(compared)


def test_runs_of_other_models_are_told_apart_by_outcome_and_cost() -> None:
    compared = compare_runs(envelopes(solved_run()), envelopes(failed_run()))
    rows = {name: values for name, *values in compared.rows}
    assert rows["outcome"] == ["validated", "failed"]
    assert rows["tokens read"] == ["1,234", "0"]
    assert rows["model"] == ["tiny", "–"]


def test_long_runs_are_compared_up_to_a_bound_and_it_is_said() -> None:
    notice = Notice(level="info", problem=Problem(code="x", what="again"))
    long = envelopes([*solved_run()[:3], *[notice] * 600])
    compared = compare_runs(long, long)
    assert (compared.is_cut, compared.same) == (True, MAX_COMPARED)
    assert "Only the first 400 steps" in comparison_text(compared)
