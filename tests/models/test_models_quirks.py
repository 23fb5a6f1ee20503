"""Oddities of servers: each cassette of `tests/data/servers.toml` is played, and comes out as it says."""

from __future__ import annotations

import gzip
import threading
import tomllib
from pathlib import Path
from typing import Any

import pytest
from models_fake_server import CHAT, FakeServer, Handler, Step, answer, delta, events, finish, raw, stream

from smallcode_jupyter.models.openai_compat import OpenAICompatModel
from smallcode_jupyter.models.quirks import load_quirks
from smallcode_jupyter.protocol.errors import ModelError, StreamBroken
from smallcode_jupyter.protocol.messages import Message
from smallcode_jupyter.protocol.model import ModelReply, ModelRequest
from smallcode_jupyter.protocol.tools import ToolCall

CASSETTES = tomllib.loads(
    (Path(__file__).parent.parent / "data" / "servers.toml").read_text(encoding="utf-8")
)["server"]
READ = ToolCall(id="1", name="read_file", arguments={"path": "a.py"})
REQUEST = ModelRequest(
    messages=(
        Message(role="system", content="Be brief."),
        Message(role="user", content="Say hi."),
        Message(role="assistant", content="", calls=(READ,)),
        Message(role="tool", content="x = 1", call_id="1"),
    ),
    seed=1,
    max_tokens=32,
)


def step_of(step: dict[str, Any]) -> Step:
    if "body" in step:
        return answer(
            step["body"],
            status=step["status"],
            headers={"Content-Type": "application/json", **step.get("headers", {})},
        )
    content = (
        step["stream"].lstrip("\n") + "\n\n" + ("data: [DONE]\n\n" if step.get("ends", True) else "")
    ).encode()

    def send(handler: Handler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "text/event-stream")
        if step.get("is_packed"):
            handler.send_header("Content-Encoding", "gzip")
        handler.end_headers()
        packed = gzip.compress(content) if step.get("is_packed") else content
        pieces = [packed[i : i + 1] for i in range(len(packed))] if step.get("is_slow") else [packed]
        for piece in pieces:
            handler.wfile.write(piece)
            handler.wfile.flush()

    return send


@pytest.mark.parametrize("cassette", CASSETTES, ids=[cassette["name"] for cassette in CASSETTES])
def test_a_server_with_this_oddity_is_understood(server: FakeServer, cassette: dict[str, Any]) -> None:
    server.on(CHAT, *map(step_of, cassette["steps"]))
    model = OpenAICompatModel(server.info(), loading_seconds=5)
    reply: ModelReply | None = None
    failure: ModelError | None = None
    try:
        reply = model.ask(REQUEST, on_delta=lambda _: True, cancel=threading.Event())
    except ModelError as error:
        failure = error
    assert (type(failure).__name__ if failure else None) == cassette.get("fails")
    assert getattr(failure, "retry_after", None) == cassette.get("retry_after")
    assert (reply and reply.text) == cassette.get("text")
    if reply is not None:
        assert reply.reasoning == cassette.get("reasoning", "")
        assert not cassette.get("is_estimated") or reply.usage.is_estimated
    asked = server.asked(CHAT)
    assert len(asked) == cassette["asked"]
    last = asked[-1].body
    assert [name for name in cassette.get("lacks", ()) if name in last] == []
    assert [name for name in cassette.get("has", ()) if name not in last] == []
    if "roles" in cassette:
        assert [message["role"] for message in last["messages"]] == cassette["roles"]


def test_what_was_learned_holds_for_the_next_question(server: FakeServer) -> None:
    refusal = {"error": {"message": "System role not supported"}}
    server.on(CHAT, answer(refusal, status=400), stream(delta(content="Hi"), finish()))
    model = OpenAICompatModel(server.info())
    for _ in range(2):
        model.ask(REQUEST, on_delta=lambda _: True, cancel=threading.Event())
    assert len(server.asked(CHAT)) == 3
    assert model.quirks == ("no system role",)
    assert not model.info.profile.has_system_role


def test_empty_tools_are_never_sent(server: FakeServer) -> None:
    server.on(CHAT, stream(delta(content="Hi"), finish()))
    OpenAICompatModel(server.info()).ask(REQUEST, on_delta=lambda _: True, cancel=threading.Event())
    assert "tools" not in server.asked(CHAT)[0].body


def test_every_quirk_changes_something() -> None:
    assert [quirk.name for quirk in load_quirks() if not (quirk.drop or quirk.rename or quirk.profile)] == []


def test_a_connection_reset_at_every_byte_keeps_what_had_come_and_raises_nothing_else(
    server: FakeServer,
) -> None:
    good = events(delta(content="abc"), delta(content="déf"), finish())
    steps = [raw(good[:position], resets=True) for position in range(len(good))]
    server.on(CHAT, *steps)
    model = OpenAICompatModel(server.info())
    texts = []
    for _ in range(len(good)):
        try:
            texts.append(model.ask(REQUEST, on_delta=lambda _: True, cancel=threading.Event()).text)
        except StreamBroken as error:
            texts.append(error.partial.text if error.partial else "nothing kept")
    assert [text for text in texts if not "abcdéf".startswith(text)] == []
    assert {"", "abc"} <= set(texts)
