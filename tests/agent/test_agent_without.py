"""Techniques switched off, one by one: each really is off, and the rest goes on."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from world import SPECS, World, failed, file_item, passed

from smallcode_jupyter.agent.parsing.parsed import Expectation
from smallcode_jupyter.agent.parsing.strict import parse_strict
from smallcode_jupyter.protocol.errors import ContextOverflow
from smallcode_jupyter.protocol.events import ChangeProposed, ModelStarted, TurnStarted
from smallcode_jupyter.protocol.model import ModelReply, NativeCall
from smallcode_jupyter.protocol.tasks import Task, Technique

STUB = "def f(x):\n    ...\n"
GOOD = "```python a.py\ndef f(x):\n    return 1\n```"
BAD = "```python a.py\ndef f(x):\n    return 0\n```"


def task(*without: Technique, words: str = "Implement f in a.py.") -> Task:
    return Task(id="t", words=words, without=without)


def world(*replies: str, **more: object) -> World:
    fields: dict[str, object] = {
        "files": {"a.py": STUB},
        "items": (file_item("a.py", STUB),),
        "check": lambda files: passed() if "return 1" in files.get("a.py", "") else failed(),
        **more,
    }
    return World(replies=replies, **fields)  # type: ignore[arg-type]


def test_without_improvement_the_first_answer_stands() -> None:
    w = world(BAD, GOOD)
    finished = w.run(task("improve"))
    (proposed,) = (event for event in w.events if isinstance(event, ChangeProposed))
    assert (finished.outcome, len(w.requests)) == ("unvalidated", 1)
    assert "return 0" in (proposed.changes.files[0].after or "")


@pytest.mark.parametrize("reply", ["Just words.", ""])
def test_without_improvement_an_answer_without_code_is_not_asked_for_again(reply: str) -> None:
    w = world(reply, GOOD)
    w.run(task("improve"))
    assert len(w.requests) == 1


def test_without_routing_every_tool_is_shown_with_its_schema_and_none_is_asked_for() -> None:
    w = world(json.dumps({"name": "read_file", "arguments": {"path": "a.py"}}), GOOD)
    finished = w.run(task("routing", words="f in a.py"))
    first = w.requests[0].messages[-1].content
    asked = [event.is_routing for event in w.events if isinstance(event, ModelStarted)]
    assert all(json.dumps(spec.schema()["function"]) in first for spec in SPECS)
    assert (finished.outcome, asked) == ("validated", [False, False])


def test_with_routing_the_same_words_are_asked_about() -> None:
    w = world("write", GOOD)
    w.run(task(words="f in a.py"))
    assert [event.is_routing for event in w.events if isinstance(event, ModelStarted)] == [True, False]


def test_without_routing_native_tools_are_offered_at_once() -> None:
    profile = replace(World(replies=()).profile, tool_protocol="native")
    w = world(GOOD, profile=profile)
    w.run(task("routing"))
    assert w.requests[0].tools == SPECS


def test_without_a_budget_nothing_is_left_out_and_the_answer_is_not_capped() -> None:
    big = file_item("b.py", "x = 1\n" * 3_000, weight=1.0)
    items = (file_item("a.py", STUB), big)
    kept, cut = world(GOOD, items=items), world(GOOD, items=items)
    kept.run(task("budget"))
    cut.run(task())
    plans = [event.plan for w in (kept, cut) for event in w.events if isinstance(event, TurnStarted)]
    assert big.text.rstrip() in kept.requests[0].messages[-1].content
    assert [[drop.name for drop in plan.dropped] for plan in plans] == [[], ["b.py"]]
    assert kept.requests[0].max_tokens > cut.requests[0].max_tokens


def test_without_a_budget_a_prompt_that_is_too_long_ends_the_run() -> None:
    w = world(ContextOverflow("Too long."), GOOD)  # type: ignore[arg-type]
    assert w.run(task("budget")).outcome == "failed"


def test_without_trials_no_tool_runs_anything() -> None:
    w = world(json.dumps({"name": "run_tests", "arguments": {}}), GOOD)
    w.run(task("trial", "routing"))
    assert "run_tests" not in w.requests[0].messages[-1].content


def test_without_parsing_what_needs_help_is_nothing() -> None:
    loose = "Sure!\n```python\n# a.py\ndef f(x):\n    return 1\n"
    helped, strict = world(loose), world(loose, GOOD)
    assert helped.run(task()).outcome == "validated"
    assert strict.run(task("parsing")).outcome == "validated"
    assert len(strict.requests) == 2


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (GOOD, ["write_file"]),
        ("words\n```\nx = 1\n```\n```\ny = 2\n```", ["write_file"]),
        ('{"name": "read_file", "arguments": {"path": "a.py"}}', ["read_file"]),
        ('{"name": "cat", "arguments": {"path": "a.py"}}', []),
        ("{'name': 'read_file', 'arguments': {'path': 'a.py'}}", []),
        ('{"name": "read_file", "arguments": {"path": "a.py"}', []),
        ("```python\nx = 1", []),
        ("a.py\n<<<<<<< SEARCH\nold\n=======\nnew\n>>>>>>> REPLACE", ["edit_file"]),
        ("a.py\n<<<<< SEARCH\nold\n=======\nnew\n>>>>>>> REPLACE", []),
        ("words", []),
    ],
)
def test_only_what_is_exactly_right_counts_without_parsing(text: str, names: list[str]) -> None:
    parsed = parse_strict(
        ModelReply(text=text), specs=SPECS, expectation=Expectation(default_path="a.py", first_id=3)
    )
    assert [call.name for call in parsed.calls] == names
    assert [call.id for call in parsed.calls] == ["call_3"][: len(names)]
    assert parsed.repairs == ()


def test_native_calls_need_perfect_json_without_parsing() -> None:
    good, bad = (
        ModelReply(text="", native_calls=(NativeCall(id="1", name="read_file", arguments=arguments),))
        for arguments in ('{"path": "a.py"}', "{path: a.py}")
    )
    expectation = Expectation(accepts_blocks=False)
    assert parse_strict(good, specs=SPECS, expectation=expectation).calls[0].arguments == {"path": "a.py"}
    assert parse_strict(bad, specs=SPECS, expectation=expectation).calls == ()


def test_another_seed_is_another_seed_at_every_turn() -> None:
    w, other = world(BAD, GOOD), world(BAD, GOOD)
    w.run(task())
    other.run(replace(task(), seed=2))
    assert [request.seed for request in w.requests] == [1, 2]
    assert [request.seed for request in other.requests] == [2001, 2002]
