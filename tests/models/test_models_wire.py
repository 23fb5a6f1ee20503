"""Messages in the shapes that strict chat templates take, and samplers only where a server knows them."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest
from models_fake_server import CHAT, FakeServer, delta, finish, stream

from smallcode_jupyter.models.openai_compat import OpenAICompatModel
from smallcode_jupyter.models.wire import messages_json
from smallcode_jupyter.protocol.messages import Message
from smallcode_jupyter.protocol.model import ModelProfile, ModelRequest
from smallcode_jupyter.protocol.tools import Json, ToolCall

STRICT = ModelProfile(name="strict")
CALLS = (
    ToolCall(id="call_1", name="read_file", arguments={"path": "a.py"}),
    ToolCall(id="call_2", name="read_file", arguments={"path": "b.py"}),
)
TALK = (
    Message(role="system", content="Be brief."),
    Message(role="user", content="Compare a.py and b.py."),
    Message(role="assistant", content="I look.", calls=CALLS),
    Message(role="tool", content="x = 1", call_id="call_1"),
    Message(role="tool", content="x = 2", call_id="call_2"),
    Message(role="user", content="Well?"),
)


def shapes(profile: ModelProfile, messages: tuple[Message, ...] = TALK) -> list[tuple[Json, ...]]:
    """Role, content, and the ids of calls or of the call that is answered."""
    rows = []
    for message in messages_json(messages, profile=profile):
        assert isinstance(message, dict)
        calls = message.get("tool_calls") or []
        assert isinstance(calls, list)
        ids = [call["id"] for call in calls if isinstance(call, dict)]
        answered = [message["tool_call_id"]] if "tool_call_id" in message else []
        rows.append((message["role"], message["content"], *ids, *answered))
    return rows


def test_ids_are_nine_letters_and_digits_and_stay_different() -> None:
    # The template of Mistral Small 3.1 raises "Tool call IDs should be alphanumeric strings with length 9!".
    assert shapes(STRICT)[2:5] == [
        ("assistant", "I look.", "0000call1", "0000call2"),
        ("tool", "x = 1", "0000call1"),
        ("tool", "x = 2", "0000call2"),
    ]


@pytest.mark.parametrize("given", ["call_1", "call_12345678", "chatcmpl-tool-9f8e7d6c5b4a", "é"])
def test_any_id_becomes_such_a_one(given: str) -> None:
    message = Message(role="tool", content="", call_id=given)
    made = shapes(STRICT, (message,))[0][2]
    assert isinstance(made, str)
    assert len(made) == 9
    assert made.isascii()
    assert made.isalnum()


def test_without_a_tool_role_calls_are_text_and_roles_still_alternate() -> None:
    assert shapes(replace(STRICT, has_tool_role=False, has_system_role=False)) == [
        ("user", "Be brief.\n\nCompare a.py and b.py."),
        (
            "assistant",
            'I look.\n{"name": "read_file", "arguments": {"path": "a.py"}}\n'
            '{"name": "read_file", "arguments": {"path": "b.py"}}',
        ),
        ("user", "Result:\nx = 1\n\nResult:\nx = 2\n\nWell?"),
    ]


def test_calls_go_one_by_one_where_the_template_takes_only_one() -> None:
    # The template of Llama 3.2 raises "This model only supports single tool-calls at once!".
    assert shapes(replace(STRICT, has_parallel_calls=False))[2:] == [
        ("assistant", "I look.", "0000call1"),
        ("tool", "x = 1", "0000call1"),
        ("assistant", "", "0000call2"),
        ("tool", "x = 2", "0000call2"),
        ("user", "Well?"),
    ]


def test_a_single_call_is_sent_the_same_either_way() -> None:
    single = (*TALK[:2], replace(TALK[2], calls=CALLS[:1]), TALK[3])
    assert shapes(STRICT, single) == shapes(replace(STRICT, has_parallel_calls=False), single)


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("llama.cpp", {"top_k": 20, "min_p": 0.1}),
        ("vllm", {"top_k": 20, "min_p": 0.1}),
        ("lmstudio", {"top_k": 20}),
        ("ollama", {}),
        ("openai-compatible", {}),
    ],
)
def test_samplers_go_only_to_servers_that_know_them(
    server: FakeServer, question: ModelRequest, kind: str, fields: dict[str, float]
) -> None:
    server.on(CHAT, stream(delta(content="Hi"), finish()))
    profile = ModelProfile(name="p", top_k=20, min_p=0.1)
    model = OpenAICompatModel(server.info(server=kind, profile=profile))
    model.ask(question, on_delta=lambda _: True, cancel=threading.Event())
    body = server.asked(CHAT)[0].body
    assert {name: body[name] for name in ("top_k", "min_p") if name in body} == fields
