"""What fits into a prompt, what goes first, and that nothing needed goes at all."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from long_run import TARGET, LongRun
from world import SPECS, World, file_item

from smallcode_jupyter.agent.budget import (
    Draft,
    Planned,
    fits,
    learn,
    plan_context,
    shorter_texts_of,
    texts_of,
)
from smallcode_jupyter.agent.compose import Section, sections_of
from smallcode_jupyter.agent.opening import open_run
from smallcode_jupyter.agent.state import Exchange, RunState
from smallcode_jupyter.protocol.errors import ContextOverflow, Problem
from smallcode_jupyter.protocol.events import ContextReplanned, Dropped, TurnStarted
from smallcode_jupyter.protocol.messages import Message
from smallcode_jupyter.protocol.model import (
    CutPrompt,
    ModelInfo,
    ModelProfile,
    ModelReply,
    NativeCall,
    ToolProtocol,
    Usage,
)
from smallcode_jupyter.protocol.tasks import Context, ContextItem, Limits, Task
from smallcode_jupyter.protocol.tools import ToolCall, ToolResult

INFO = ModelInfo(
    name="m",
    base_url="",
    server="scripted",
    context_window=1_000,
    is_window_known=True,
    profile=ModelProfile(name="test"),
    has_tokenizer=True,
)
STATE = open_run(Task(id="t", words="Do it."), INFO, Context(), category="write")


def exchange(name: str, size: int) -> Exchange:
    return Exchange(
        name=name,
        assistant=Message(role="assistant", content=name),
        answers=(Message(role="user", content="w " * size),),
    )


def answered(
    number: int, name: str, content: str, *, brief: str = "", is_native: bool = False, **arguments: object
) -> Exchange:
    """A call and its answer, as the loop keeps them."""
    call = ToolCall(id=f"call_{number}", name=name, arguments=arguments)  # type: ignore[arg-type]  # plain values
    result = ToolResult(call_id=call.id, name=name, status="ok", content=content, brief=brief)
    told = Message(role="tool", content=content, call_id=call.id)
    said = Message(role="assistant", content="", calls=(call,))
    if not is_native:
        told = Message(role="user", content=f"Result of {name}:\n{content}\n\nGo on.")
        said = Message(role="assistant", content=f"{name} {number}")
    return Exchange(
        name=f"{name} {number}", assistant=said, answers=(told,), calls=(call,), results=(result,)
    )


def words(count: int, word: str = "w") -> str:
    return " ".join([word] * count)


def section(name: str, size: int, weight: float | None, **more: object) -> Section:
    return Section(name=name, text=words(size, name), weight=weight, **more)  # type: ignore[arg-type]


TASK = section("task", 10, None)


def plan(
    sections: list[Section],
    exchanges: list[Exchange],
    *,
    window: int = 1_000,
    answer: int = 100,
    state: RunState = STATE,
) -> Planned:
    """A plan where a word is a token."""
    state = replace(state, info=replace(state.info, context_window=window))
    draft = Draft(state=state, sections=tuple(sections), exchanges=tuple(exchanges), answer_tokens=answer)
    counts = {text: len(text.split()) for text in (*texts_of(draft), *shorter_texts_of(draft))}
    return plan_context(draft, counts)


def cuts(planned: Planned) -> list[tuple[str, bool]]:
    """What was cut, and whether something of it is left."""
    return [(drop.name, drop.kept_tokens > 0) for drop in planned.plan.dropped]


def test_everything_stays_where_it_fits() -> None:
    made = plan([section("file", 100, 3.0), TASK], [])
    assert made.plan.dropped == ()
    assert made.plan.kept == ("system prompt", "file", "task")
    assert [message.role for message in made.messages] == ["system", "user"]
    assert sum(made.plan.sizes) == made.plan.prompt_tokens


def test_old_exchanges_go_first_then_the_lightest_section() -> None:
    sections = [section("light", 300, 1.0), section("heavy", 300, 3.0), TASK]
    made = plan(sections, [exchange("old", 200), exchange("last", 200)])
    assert cuts(made) == [("old", False), ("light", False)]
    assert made.plan.kept == ("system prompt", "heavy", "task", "last")
    assert all("tokens do not fit into" in drop.reason for drop in made.plan.dropped)


def test_the_task_itself_too_long_is_an_overflow_with_a_hint() -> None:
    with pytest.raises(ContextOverflow) as caught:
        plan([section("task", 2_000, None)], [])
    assert "larger context" in caught.value.hint
    assert "1,000 tokens" in caught.value.why


def test_room_for_the_answer_shrinks_before_the_run_fails() -> None:
    made = plan([section("task", 600, None)], [], answer=480)
    assert 256 <= made.plan.answer_tokens < 480
    assert made.plan.prompt_tokens + made.plan.answer_tokens <= 1_000


def test_what_was_read_again_goes_before_what_is_older() -> None:
    made = plan(
        [TASK],
        [
            answered(1, "read_file", f"old.py (lines 1-9 of 9)\n{words(200)}", path="old.py"),
            answered(2, "read_file", f"a.py (lines 1-9 of 9)\n{words(300)}", path="a.py"),
            answered(3, "read_file", f"a.py (lines 1-9 of 9)\n{words(200)}", path="a.py"),
            answered(4, "search_text", words(200), pattern="x"),
        ],
        window=1_040,
    )
    assert cuts(made)[0] == ("read_file 2", False)
    assert made.plan.dropped[0].reason.startswith("a.py was read again later; ")


@pytest.mark.parametrize(
    ("first", "second", "reason"),
    [
        (("run_tests", "failed: 1", {}), ("run_tests", "passed", {}), "run_tests gave a later answer"),
        (("run_tests", "failed: 1", {"path": "t.py"}), ("run_tests", "passed", {}), "run_tests gave a later"),
        (("update_plan", "[ ] a", {"steps": ["a"]}), ("update_plan", "[ ] b", {"steps": ["b"]}), "the plan was"),
        (("search_text", "x", {"pattern": "x"}), ("search_text", "x", {"pattern": "x"}), "search_text gave"),
        (("search_text", "x", {"pattern": "x"}), ("search_text", "y", {"pattern": "y"}), "old; "),
        (
            ("read_file", "a.py (lines 1-80 of 200)", {"path": "a.py"}),
            ("read_file", "a.py (lines 81-160 of 200)", {"path": "a.py", "start": 81}),
            "old; ",
        ),
        (
            ("read_file", "a.py (lines 1-80 of 200)", {"path": "a.py"}),
            ("read_file", "a.py (lines 1-90 of 200)", {"path": "a.py", "end": 90}),
            "a.py was read again",
        ),
    ],
)  # fmt: skip
def test_a_later_answer_makes_an_earlier_one_worthless(
    first: tuple[str, str, dict[str, object]], second: tuple[str, str, dict[str, object]], reason: str
) -> None:
    exchanges = [
        answered(number, name, f"{content}\n{words(400)}", brief=content, **arguments)
        for number, (name, content, arguments) in enumerate((first, second), 1)
    ]
    made = plan([TASK], [*exchanges, exchange("last", 10)], window=900)
    assert made.plan.dropped[0].name.endswith(" 1")
    assert made.plan.dropped[0].reason.startswith(reason)


def test_what_fails_stays_though_other_tests_passed_since() -> None:
    made = plan(
        [TASK],
        [
            answered(1, "run_tests", f"failed: {words(400)}"),
            answered(2, "run_tests", f"passed {words(400)}", path="t.py"),
            exchange("last", 10),
        ],
        window=900,
    )
    assert cuts(made) == [("run_tests 2", False)]


def test_a_reading_is_worthless_once_the_file_was_changed() -> None:
    edit = answered(2, "edit_file", "Changed a.py.", path="a.py")
    edit = replace(edit, results=(replace(edit.results[0], changed=("a.py",)),))
    read = answered(1, "read_file", words(700), path="a.py")
    made = plan([TASK], [read, edit, exchange("last", 100)], window=900)
    assert made.plan.dropped[0].reason.startswith("a.py was changed since; ")


def test_old_results_are_shortened_before_they_are_left_out() -> None:
    made = plan(
        [TASK],
        [
            answered(1, "search_text", words(300, "one"), brief="brief one", pattern="1"),
            answered(2, "search_text", words(300, "two"), brief="brief two", pattern="2"),
            answered(3, "search_text", words(300, "three"), brief="brief three", pattern="3"),
        ],
        window=1_100,
    )
    assert cuts(made) == [("search_text 1", True), ("search_text 2", True)]
    assert "Result of search_text:\nbrief one\n\nGo on." in made.messages[3].content
    assert words(300, "three") in made.messages[-1].content


PLAN = answered(1, "update_plan", "[ ] NEEDLE_PLAN", steps=["NEEDLE_PLAN"])
FAILING = answered(2, "run_tests", f"failed: {words(100)} NEEDLE_FAIL", brief="failed: NEEDLE_FAIL")
CURRENT = answered(3, "read_file", f"a.py (lines 1-9 of 9)\n{words(100)} NEEDLE_CODE", path="a.py")


def test_plan_failing_output_and_current_file_stay_while_the_rest_goes() -> None:
    state = replace(STATE, target="a.py")
    others = [answered(number, "search_text", words(100), pattern=str(number)) for number in range(4, 30)]
    made = plan([TASK], [PLAN, FAILING, CURRENT, *others], state=state)
    text = "".join(message.content for message in made.messages)
    assert all(needle in text for needle in ("NEEDLE_PLAN", "NEEDLE_FAIL", "NEEDLE_CODE"))
    assert made.exchanges[:3] == (PLAN, FAILING, CURRENT)
    assert made.exchanges[-1] == others[-1]
    assert {name for name, _ in cuts(made)} <= {other.name for other in others}


def test_without_a_target_the_file_changed_last_is_the_current_one() -> None:
    edit = answered(2, "edit_file", "Changed a.py.", path="a.py")
    edit = replace(edit, results=(replace(edit.results[0], changed=("a.py",)),))
    others = [answered(number, "search_text", words(200), pattern=str(number)) for number in range(4, 12)]
    made = plan([TASK], [edit, CURRENT, *others])
    assert CURRENT in made.exchanges


def test_the_history_is_cut_once_by_more_than_is_needed() -> None:
    old = [answered(number, "search_text", words(60), pattern=str(number)) for number in range(20)]
    made = plan([TASK], old, window=1_000)
    assert made.plan.prompt_tokens < 0.6 * (1_000 - 100)
    again = plan([TASK], [*made.exchanges, answered(99, "search_text", words(60), pattern="z")], window=1_000)
    assert again.plan.dropped == ()


def test_sections_stay_as_they_were_left() -> None:
    long = section("a.py", 850, 3.0, shorter=(words(50, "short"),))
    made = plan([long, TASK], [])
    assert (cuts(made), made.shortened) == ([("a.py", True)], {"a.py": 1})
    state = replace(STATE, shortened=made.shortened, previous_prompt=made.messages)
    again = plan([long, TASK], [exchange("last", 10)], state=state)
    assert (again.plan.dropped, again.plan.is_prefix_stable) == ((), True)
    assert again.messages[:2] == made.messages
    gone = plan([long, TASK], [], window=150, answer=20)
    assert (cuts(gone), gone.shortened) == ([("a.py", False)], {"a.py": 2})


def test_a_large_file_is_shown_in_part_around_what_the_task_names() -> None:
    lines = [f"LINE_{number} = {number}" for number in range(600)]
    lines[400:400] = ["def round_total(value):", "    return NEEDLE(value)", ""]
    item = ContextItem(kind="file", name=TARGET, text="\n".join(lines), reason="named", weight=3.0)
    state = open_run(
        Task(id="t", words=f"Correct round_total in {TARGET}."),
        INFO,
        Context(items=(item,)),
        category="write",
    )
    made = plan([*sections_of(state, "Answer.")], [], state=state, window=900)
    shown = made.messages[1].content
    assert "LINE_0 = 0" in shown
    assert "def round_total(value):\n    return NEEDLE(value)\n" in shown
    assert f'read_file("{TARGET}", start=' in shown
    assert "LINE_590" not in shown


def test_files_without_room_say_how_to_see_them() -> None:
    item = ContextItem(kind="file", name="b.py", text="x = 1\n" * 300, reason="", weight=1.0)
    state = open_run(Task(id="t", words="Do it."), INFO, Context(items=(item,)), category="write")
    made = plan([*sections_of(state, "Answer.")], [], state=state, window=300)
    assert cuts(made) == [("b.py", True)]
    assert 'b.py is not shown here; read_file("b.py") shows it.' in made.messages[1].content


def test_native_tools_and_calls_are_counted() -> None:
    call = answered(1, "read_file", "x", is_native=True, path="a.py")
    draft = Draft(state=STATE, sections=(TASK,), exchanges=(call,), answer_tokens=100, specs=SPECS)
    counts = {text: len(text.split()) for text in texts_of(draft)}
    bare = replace(draft, specs=(), exchanges=(exchange("x", 1),))
    tokens = plan_context(draft, counts).plan.prompt_tokens
    fewer = plan_context(bare, {**counts, **dict.fromkeys(texts_of(bare), 1)}).plan.prompt_tokens
    assert 'read_file {"path": "a.py"}' in counts
    assert tokens - fewer > sum(len(str(spec.schema()).split()) for spec in SPECS)


def test_what_the_template_really_adds_is_learned_from_the_server() -> None:
    made = plan([TASK], [])
    told = Usage(prompt_tokens=made.counted_tokens + 40)
    learned = learn(made, told, has_tokenizer=True)
    again = plan([TASK], [], state=replace(STATE, counting=learned))
    assert again.plan.prompt_tokens == told.prompt_tokens
    for usage in (Usage(prompt_tokens=made.counted_tokens - 500), Usage(is_estimated=True), Usage()):
        assert learn(again, usage, has_tokenizer=True) == learned


def test_estimates_are_scaled_to_what_the_server_counts_and_marked() -> None:
    state = replace(STATE, info=replace(INFO, has_tokenizer=False))
    made = plan([TASK], [], state=state)
    learned = learn(made, Usage(prompt_tokens=made.counted_tokens * 7 // 10), has_tokenizer=False)
    again = plan([TASK], [], state=replace(state, counting=learned))
    assert 0.7 * made.plan.prompt_tokens < again.plan.prompt_tokens < 0.85 * made.plan.prompt_tokens
    assert (again.plan.is_estimated, plan([TASK], []).plan.is_estimated) == (True, False)


def test_what_earlier_runs_learned_of_the_estimates_holds_from_the_first_prompt_on() -> None:
    info = replace(INFO, has_tokenizer=False, tokens_per_estimate=0.6)
    made = plan([TASK], [], state=replace(STATE, info=replace(info, tokens_per_estimate=None)))
    again = plan([TASK], [], state=replace(STATE, info=info))
    assert 0.6 * made.plan.prompt_tokens < again.plan.prompt_tokens < 0.75 * made.plan.prompt_tokens
    assert learn(again, Usage(prompt_tokens=1), has_tokenizer=False) == again.counting


TOOLS = ("read_file", "search_text", "run_tests", "update_plan", "outline")


@st.composite
def histories(draw: st.DrawFn) -> list[Exchange]:
    made: list[Exchange] = []
    is_native = draw(st.booleans())
    for number in range(draw(st.integers(0, 8))):
        name = draw(st.sampled_from(TOOLS))
        size = draw(st.integers(1, 500))
        content = f"{draw(st.sampled_from(['failed', 'passed', 'a.py (lines 1-9 of 9)']))} {words(size)}"
        brief = words(min(size, 40), "brief") if size > 50 else ""
        path = {"path": draw(st.sampled_from(["a.py", "b.py"]))}
        made.append(answered(number, name, content, brief=brief, is_native=is_native, **path))
    return made


@settings(max_examples=300)
@given(
    st.lists(st.tuples(st.integers(1, 400), st.floats(0, 3), st.booleans()), max_size=6),
    histories(),
    st.integers(300, 4_000),
    st.integers(16, 2_000),
)
def test_a_plan_fits_keeps_what_must_stay_and_orphans_no_answer(
    sizes: list[tuple[int, float, bool]], history: list[Exchange], window: int, answer: int
) -> None:
    sections = [
        section(
            f"s{number}", size, weight, shorter=(words(20, "short"),) if is_long else (), is_pinned=is_long
        )
        for number, (size, weight, is_long) in enumerate(sizes)
    ]
    state = replace(STATE, target="a.py")
    try:
        made = plan([*sections, TASK], history, window=window, answer=answer, state=state)
    except ContextOverflow:
        # Then even the shortest forms of what must stay are too much for it.
        least = 400 + 20 * len(sizes) + sum(40 + 60 for _ in history) + (500 if history else 0)
        assert window < least + min(answer, 256)
        return
    assert made.plan.prompt_tokens + made.plan.answer_tokens <= window
    kept = {"system prompt", "task", *(part.name for part in sections if part.is_pinned)}
    kept |= {part.name for part in history[-1:]}
    assert kept <= set(made.plan.kept)
    assert len(made.plan.sizes) == len(made.plan.kept)
    asked = [call.id for message in made.messages for call in message.calls]
    assert asked == [message.call_id for message in made.messages if message.role == "tool"]
    roles = [message.role for message in made.messages[2:]]
    assert roles[::2] == ["assistant"] * (len(roles) // 2)
    assert "assistant" not in roles[1::2]
    gone = {drop.name for drop in made.plan.dropped if not drop.kept_tokens}
    assert gone.isdisjoint(made.plan.kept)
    assert {part.name for part in [*sections, *history]} == gone | set(made.plan.kept) - {
        "system prompt",
        "task",
    }


@pytest.mark.parametrize("protocol", ["blocks", "native"])
@pytest.mark.parametrize("is_exact", [True, False])
def test_two_hundred_turns_fit_a_small_window_and_forget_nothing_needed(
    protocol: str, is_exact: bool
) -> None:
    run = LongRun(protocol=protocol, is_exact=is_exact).go(200)  # type: ignore[arg-type]  # one of its words
    assert (run.errors, run.missing) == (0, [])
    assert len(run.requests) == 200
    assert run.longest > 0.6 * 4_096
    assert run.cache_share > 0.5


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("window", [3_072, 6_000, 8_192])
def test_long_runs_fit_other_windows(seed: int, window: int) -> None:
    run = LongRun(window=window, seed=seed).go(60)
    assert (run.errors, run.missing) == (0, [])


def test_in_a_long_run_the_server_reads_little_twice() -> None:
    run = LongRun(window=8_192).go(200)
    assert run.cache_share > 0.75
    assert sum(bool(plan.dropped) for plan in run.plans) < 60


def test_a_call_whose_answer_went_may_be_made_again() -> None:
    run = LongRun().go(12)
    made, seen = run.state.calls, run.state.calls_in_sight
    assert 2 < len(seen) < len(made)
    results = {result.call_id: result for exchange in run.state.history for result in exchange.results}
    text = "".join(message.content for message in run.requests[-1].messages)
    assert made[-1] == seen[-1]
    assert all(results[call.id].content in text for call in seen[:-1])


def test_each_cut_is_told_once() -> None:
    run = LongRun(window=8_192).go(60)
    told: list[Dropped] = [drop for made in run.plans for drop in made.dropped]
    assert told
    assert all(drop.tokens > drop.kept_tokens and ";" in drop.reason for drop in told)
    sections = [drop for drop in told if drop.name == "tests/test_billing.py"]
    assert len(sections) == len({drop.kept_tokens for drop in sections})


CUT = CutPrompt(window=2_048, problem=Problem(code="cut_prompt", what="The server cut the prompt."))


def small_world(*replies: str | ModelReply | ContextOverflow) -> World:
    return World(
        replies=replies,
        files={"a.py": "x = 1\n"},
        items=(file_item("a.py", "x = 1\n"), file_item("b.py", "y = 1\n" * 1_200, weight=1.0)),
    )


@dataclass
class Shop(World):
    """Its files are long, its tests fail, and an answer of its tools is as the real ones'."""

    def tool(self, call: ToolCall) -> ToolResult:
        path = str(call.arguments.get("path", ""))
        text = {
            "read_file": f"{path} (lines 1-9 of 9)\n" + f"{path} " * 500,
            "run_tests": "failed (pytest): 1 failed\nE   assert NEEDLE_FAIL",
            "update_plan": "[ ] NEEDLE_PLAN",
        }[call.name]
        return ToolResult(
            call_id=call.id, name=call.name, status="ok", content=text, brief=text[:200] if path else ""
        )


@pytest.mark.parametrize("protocol", ["blocks", "native"])
def test_the_loop_keeps_plan_and_failure_through_many_turns_and_lets_the_model_read_again(
    protocol: ToolProtocol,
) -> None:
    calls: list[tuple[str, dict[str, object]]] = [
        ("update_plan", {"steps": ["NEEDLE_PLAN"]}),
        ("run_tests", {}),
    ]
    calls += [("read_file", {"path": f"m{number % 8}.py"}) for number in range(40)]
    replies = [
        ModelReply(
            text="" if protocol == "native" else json.dumps({"name": name, "arguments": arguments}),
            native_calls=(NativeCall(id="x", name=name, arguments=json.dumps(arguments)),)
            if protocol == "native"
            else (),
        )
        for name, arguments in calls
    ]
    world = Shop(
        replies=[*replies, ModelReply(text="It is one.")],
        files={f"m{number}.py": "x" for number in range(8)},
        profile=ModelProfile(name="test", tool_protocol=protocol),
    )
    task = Task(id="t", words="What does the shop do?", limits=Limits(calls=60, tokens=10**6))
    assert world.run(task).answer == "It is one."
    for request in world.requests[2:]:
        text = "".join(message.content for message in request.messages)
        assert "NEEDLE_PLAN" in text
        assert "NEEDLE_FAIL" in text
        assert len(text) < 4_096 * 4
    last = world.requests[-1].messages[-1].content
    assert "m7.py m7.py" in last


def told(world: World) -> list[str]:
    wanted = ("turn.started", "model.finished", "context.replanned", "notice", "reply.parsed")
    return [event.type for event in world.events if event.type in wanted]


def test_a_prompt_that_was_cut_silently_is_told_and_asked_again_for_the_true_window() -> None:
    world = small_world(ModelReply(text="No idea.", cut=CUT), "It is one.")
    assert world.run(Task(id="t", words="What is x in a.py?")).answer == "It is one."
    asked, again = ["turn.started", "model.finished"], ["notice", "context.replanned", "model.finished"]
    assert told(world) == [*asked, *again, "reply.parsed"]
    plans = [event.plan for event in world.events if isinstance(event, TurnStarted | ContextReplanned)]
    assert [plan.window for plan in plans] == [4_096, 2_048]
    assert [drop.name for drop in plans[1].dropped] == ["b.py"]
    assert len("".join(message.content for message in world.requests[1].messages)) < 2_048 * 4


def test_a_window_that_stays_too_small_is_asked_about_no_more_than_three_times() -> None:
    world = small_world(*[ModelReply(text="No idea.", cut=CUT)] * 3)
    assert world.run(Task(id="t", words="What is x in a.py?")).answer == "No idea."
    assert len(world.requests) == 3


def test_a_refused_prompt_is_planned_again_in_the_open() -> None:
    world = small_world(ContextOverflow("Too long."), "It is one.")
    assert world.run(Task(id="t", words="What is x in a.py?")).answer == "It is one."
    replanned = [event.plan for event in world.events if isinstance(event, ContextReplanned)]
    assert [plan.window for plan in replanned] == [int(0.7 * 4_096)]


def test_without_a_budget_a_cut_prompt_is_left_to_itself() -> None:
    world = small_world(ModelReply(text="No idea.", cut=CUT), "It is one.")
    finished = world.run(Task(id="t", words="What is x in a.py?", without=("budget",)))
    assert (finished.answer, len(world.requests)) == ("No idea.", 1)


def test_a_prompt_that_fits_needs_no_shorter_texts() -> None:
    draft = Draft(state=STATE, sections=(TASK,), exchanges=(), answer_tokens=100)
    assert fits(draft, {text: len(text.split()) for text in texts_of(draft)})
