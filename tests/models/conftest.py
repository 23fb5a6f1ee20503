"""Fixtures of the tests of models."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator

import pytest
from models_fake_server import FakeHTTPServer, FakeServer, Handler

from smallcode_jupyter.models.openai_compat import OpenAICompatModel
from smallcode_jupyter.protocol.messages import Message
from smallcode_jupyter.protocol.model import ModelRequest


@pytest.fixture
def server() -> Iterator[FakeServer]:
    fake = FakeServer()
    with FakeHTTPServer(("127.0.0.1", 0), Handler) as http:
        http.fake = fake
        fake.base_url = f"http://127.0.0.1:{http.server_address[1]}/v1"
        thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        yield fake
        fake.stop.set()
        http.shutdown()


@pytest.fixture
def model(server: FakeServer) -> Iterator[OpenAICompatModel]:
    opened = OpenAICompatModel(server.info(), loading_seconds=5)
    yield opened
    opened.close()


@pytest.fixture
def question() -> ModelRequest:
    return ModelRequest(messages=(Message(role="user", content="Say hi."),), max_tokens=32)


@pytest.fixture
def closed_port() -> int:
    """A port on which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
