"""Fixtures of the tests of the benchmark."""

from __future__ import annotations

import socket
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent / "models"))

from models_fake_server import FakeHTTPServer, FakeServer, Handler


@pytest.fixture
def server() -> Iterator[FakeServer]:
    """A model server on loopback that does as told."""
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
def closed() -> str:
    """The address of a server that is not there."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{probe.getsockname()[1]}/v1"
