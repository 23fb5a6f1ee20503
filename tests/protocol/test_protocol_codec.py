"""Events survive the codec; changes keep their promises."""

from __future__ import annotations

import dataclasses
import json
import types
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smallcode_jupyter.protocol.changes import FileChange
from smallcode_jupyter.protocol.codec import from_json, to_json
from smallcode_jupyter.protocol.errors import Cancelled, RateLimited, SmallCodeError
from smallcode_jupyter.protocol.events import EVENT_TYPES, Envelope, Event
from smallcode_jupyter.protocol.tools import Json, ToolSpec

TEXT = st.text(max_size=20)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXT, lambda inner: st.lists(inner, max_size=3), max_leaves=5
)


def values(kind: Any) -> st.SearchStrategy[Any]:
    """Any value of a protocol type."""
    origin, arguments = get_origin(kind), get_args(kind)
    if kind == Json:
        return JSON
    if dataclasses.is_dataclass(kind):
        hints = get_type_hints(kind)
        return st.fixed_dictionaries(
            {name: st.deferred(lambda h=hint: values(h)) for name, hint in hints.items()}
        ).map(lambda fields: kind(**fields))
    if origin is Literal:
        return st.sampled_from(arguments)
    if origin in (Union, types.UnionType):
        return st.one_of(*(values(member) for member in arguments))
    if origin is tuple:
        if len(arguments) == 2 and arguments[1] is Ellipsis:
            return st.lists(values(arguments[0]), max_size=2).map(tuple)
        return st.tuples(*(values(argument) for argument in arguments))
    simple = {
        str: TEXT,
        int: st.integers(),
        float: st.floats(allow_nan=False, allow_infinity=False),
        bool: st.booleans(),
        type(None): st.none(),
    }
    return simple[kind] if kind in simple else st.dictionaries(TEXT, JSON, max_size=3)


@pytest.mark.parametrize("kind", EVENT_TYPES, ids=lambda kind: kind.__name__)
def test_every_event_survives(kind: type[Event]) -> None:
    @settings(max_examples=25, deadline=None)
    @given(values(kind))
    def check(event: Event) -> None:
        envelope = Envelope(run="r", seq=3, at=1.5, event=event)
        assert from_json(json.loads(json.dumps(to_json(envelope)))) == envelope

    check()


def test_tags_are_unique_and_cover_the_union() -> None:
    tags = [next(f.default for f in dataclasses.fields(kind) if f.name == "type") for kind in EVENT_TYPES]
    assert len(set(tags)) == len(tags)
    assert set(get_args(Event)) == set(EVENT_TYPES)


@pytest.mark.parametrize(
    "value",
    [
        None,
        [],
        {"run": "r"},
        {"run": "r", "seq": "0", "at": 1, "event": {"type": "notice"}},
        {"run": "r", "seq": 0, "at": 1, "event": {"type": "no.such"}},
        {"run": "r", "seq": 0, "at": 1, "event": {"type": "turn.finished", "turn": 1, "surprise": 2}},
        {"run": "r", "seq": 0, "at": 1, "event": {"type": "turn.finished", "turn": True}},
    ],
)
def test_what_is_no_envelope_is_refused(value: Json) -> None:
    with pytest.raises(ValueError, match="not "):
        from_json(value)


LINES = st.lists(st.sampled_from(["a\n", "b\n", "c\n", "\n", "d\r\n", "last"]), max_size=8).map("".join)


@given(LINES, LINES)
def test_all_hunks_give_after_and_none_give_before(before: str, after: str) -> None:
    change = FileChange(path="p", before=before, after=after, before_hash=None)
    count = len(change.hunks())
    assert change.with_hunks(frozenset(range(count))).after == after
    if count:
        assert change.with_hunks(frozenset()).after == before


@given(LINES, LINES, st.data())
def test_accepting_hunks_one_after_another_ends_at_after(
    before: str, after: str, data: st.DataObject
) -> None:
    change = FileChange(path="p", before=before, after=after, before_hash=None)
    count = len(change.hunks())
    chosen = frozenset(data.draw(st.sets(st.integers(0, max(count - 1, 0)))))
    partly = change.with_hunks(chosen).after
    rest = FileChange(path="p", before=partly, after=after, before_hash=None)
    assert rest.with_hunks(frozenset(range(len(rest.hunks())))).after == after


def test_a_new_file_not_accepted_stays_absent() -> None:
    change = FileChange(path="p", before=None, after="a\n", before_hash=None)
    assert change.with_hunks(frozenset()).is_empty
    gone = FileChange(path="p", before="a\n", after=None, before_hash="h")
    assert gone.with_hunks(frozenset()).is_empty


def test_errors_say_what_why_and_what_to_do() -> None:
    error = RateLimited(
        "Too many requests.", why="The server allows 3 a minute.", hint="Wait.", retry_after=2.0
    )
    assert str(error) == "Too many requests. The server allows 3 a minute. Wait."
    assert (error.problem.code, error.retry_after, error.exit_status) == ("RateLimited", 2.0, 1)
    assert Cancelled("x").exit_status == 130
    assert issubclass(RateLimited, SmallCodeError)


def test_a_tool_schema_is_what_servers_expect() -> None:
    spec = ToolSpec(name="t", category="run", description="d")
    assert spec.schema() == {
        "type": "function",
        "function": {
            "name": "t",
            "description": "d",
            "parameters": {"type": "object", "properties": {}, "required": []},
        },
    }
