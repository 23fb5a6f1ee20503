"""What another machine is sent holds no secrets, and what it answers has them back."""

from __future__ import annotations

import json
import threading
from pathlib import Path

import pytest
from models_fake_server import CHAT, FakeServer, delta, finish, stream

from smallcode_jupyter.models.address import is_loopback, target_of
from smallcode_jupyter.models.grants import Grants
from smallcode_jupyter.models.masked import MaskedModel, secrets_of_environment
from smallcode_jupyter.models.openai_compat import OpenAICompatModel
from smallcode_jupyter.protocol.messages import Message
from smallcode_jupyter.protocol.model import ModelRequest
from smallcode_jupyter.protocol.tools import ToolCall

KEY = "sk-proj-Zk3vQ9xT7bN2mLpR8sWd"


def test_nothing_secret_is_sent_and_the_answer_has_it_back(server: FakeServer) -> None:
    call = {
        "index": 0,
        "id": "c",
        "function": {"name": "write", "arguments": '{"text": "k=SECRET_1_HIDDEN"}'},
    }
    server.on(
        CHAT, stream(delta(content="key = 'SECRET_1_"), delta(content="HIDDEN'", tool_calls=[call]), finish())
    )
    server.on("/tokenize", stream())
    model = MaskedModel(OpenAICompatModel(server.info(server="llama.cpp")), known=("plain words",))
    written = ToolCall(
        id="1", name="write_file", arguments={"content": f"k='{KEY}'", "deep": {"password": ["x", "y"]}}
    )
    request = ModelRequest(
        messages=(
            Message(role="user", content=f"key = '{KEY}' and plain words"),
            Message(role="assistant", content="", calls=(written,)),
            Message(role="tool", content=f"wrote {KEY}", call_id="1"),
        )
    )
    model.count((f"count {KEY}",))
    reply = model.ask(request, on_delta=lambda _: True, cancel=threading.Event())
    sent = json.dumps([one.body for one in server.received])
    assert KEY not in sent
    assert "plain words" not in sent
    assert sent.count("SECRET_1_HIDDEN") == 4
    assert reply.text == f"key = '{KEY}'"
    assert json.loads(reply.native_calls[0].arguments) == {"text": f"k={KEY}"}
    assert model.masked == 2


def test_a_mask_that_was_never_given_stays(server: FakeServer) -> None:
    server.on(CHAT, stream(delta(content="key = SECRET_9_HIDDEN"), finish()))
    reply = MaskedModel(OpenAICompatModel(server.info())).ask(
        ModelRequest(messages=(Message(role="user", content="hi"),)),
        on_delta=lambda _: True,
        cancel=threading.Event(),
    )
    assert reply.text == "key = SECRET_9_HIDDEN"


def test_values_of_secret_variables_are_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MY_TOKEN", "a simple phrase")
    monkeypatch.setenv("MY_COLOUR", "dark blue velvet")
    monkeypatch.setenv("OTHER_TOKEN", "short")
    found = secrets_of_environment()
    assert "a simple phrase" in found
    assert not {"dark blue velvet", "short"} & set(found)


@pytest.mark.parametrize(
    ("address", "origin"),
    [
        ("https://API.example.com/v1/chat/completions", "https://api.example.com"),
        ("https://api.example.com:443/v1", "https://api.example.com"),
        ("http://api.example.com:8000", "http://api.example.com:8000"),
        ("https://127.0.0.1.example.com/v1", "https://127.0.0.1.example.com"),
        ("https://127.0.0.1@evil.example/v1", "https://evil.example"),
        ("http://evil.localhost:80/v1", "http://evil.localhost"),
        ("http://[::1]:9/v1", "this machine"),
        ("http://127.8.8.8/v1", "this machine"),
    ],
)
def test_whom_an_address_belongs_to(address: str, origin: str) -> None:
    assert target_of(address).origin == origin
    assert is_loopback(address) == (origin == "this machine")


def test_a_key_belongs_to_whom_it_was_first_sent(tmp_path: Path) -> None:
    one, other = target_of("https://one.example"), target_of("https://other.example")
    grants = Grants(tmp_path)
    assert grants.may_send(one, KEY)
    grants.remember(one, KEY, is_allowed=True)
    again = Grants(tmp_path)
    assert again.origins() == ("https://one.example",)
    assert again.may_send(one, KEY)
    assert not again.may_send(other, KEY)
    assert again.may_send(other, None)
    assert not again.may_send(target_of("http://127.0.0.1:1/v1"), KEY)
    assert KEY not in (tmp_path / "remote.json").read_text()
    assert again.forget("one.example") == ("https://one.example",)
    assert again.may_send(other, KEY)
