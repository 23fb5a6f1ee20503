"""A server that answers with what it is sent."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def echoing(before: bytes) -> Iterator[int]:
    """Its port on the loopback interface; each connection is answered once, with `before` in front."""
    server = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                near, _ = server.accept()
            except OSError:
                return
            with near:
                near.sendall(before + near.recv(4_096))

    threading.Thread(target=serve, daemon=True).start()
    yield server.getsockname()[1]
    server.close()
