"""What several parts need: the real 0.5B model behind the built-in server, started once."""

from __future__ import annotations

import os
import signal
import socket
from collections.abc import Iterator

import pytest
from hypothesis import settings

from smallcode_jupyter.models.local.pull import pull
from smallcode_jupyter.models.local.serve import ensure_server, stop_server

settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")
"""How long an example may take is not what these tests are about, and a busy machine takes longer."""


@pytest.fixture(autouse=True, scope="session")
def _network_lock() -> Iterator[None]:
    """No test of this process may reach another machine."""
    connect = socket.socket.connect

    def connect_locally(self: socket.socket, address: object) -> None:
        host = address[0] if isinstance(address, tuple) else "localhost"
        if host not in ("127.0.0.1", "::1", "localhost") and self.family != socket.AF_UNIX:
            raise AssertionError(f"a test tried to reach {host}")
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", connect_locally)
        yield


@pytest.fixture(scope="session")
def real_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """The environment of a process that is to use it; its notes and all state lie in a folder of the test's own."""
    path = pull("0.5b")
    home = str(tmp_path_factory.mktemp("home"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SMALLCODE_HOME", home)
        handle = ensure_server(path, context=4096)
    settings = {"SMALLCODE_HOME": home, "SMALLCODE_BASE_URL": handle.base_url, "SMALLCODE_MODEL": ""}
    yield {**os.environ, **settings}
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SMALLCODE_HOME", home)
        stop_server()


@pytest.fixture(autouse=True, scope="session")
def interrupts_are_heard() -> None:
    """A shell starts what runs in the background with interrupts ignored; the tests' own are to be heard."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
