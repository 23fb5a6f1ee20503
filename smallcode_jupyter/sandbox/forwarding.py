"""Single addresses that a confined kernel may reach, by name: the list is kept outside of it.

Outside, each address has a socket in the kernel's folder; whoever connects there is connected to that address and no
other. Inside, a port of the same number on the loopback interface leads to that socket.
"""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Callable
from pathlib import Path

from smallcode_jupyter.protocol.errors import UsageError

__all__ = ["PROXY", "join_streams", "listen_inside", "listen_outside", "parse_address"]

PROXY = "proxy"
"""The socket of the proxy, in the same folder."""

_CHUNK = 65_536


def parse_address(text: str) -> tuple[str, int]:
    """`HOST:PORT` as its parts. Raises UsageError."""
    host, _, port = text.rpartition(":")
    if not host or not port.isdigit() or not 0 < int(port) < 65_536:
        raise UsageError(f"{text!r} is no address.", hint="Write HOST:PORT, for example 127.0.0.1:8080.")
    return host, int(port)


def listen_outside(folder: Path, addresses: tuple[str, ...]) -> None:
    """Offer each address as a socket in the folder. Raises OSError."""
    for address in addresses:
        host, port = parse_address(address)
        listener = socket.socket(socket.AF_UNIX)
        listener.bind(str(folder / f"to-{port}"))
        _serve(listener, lambda host=host, port=port: socket.create_connection((host, port), 30))  # type: ignore[misc]


def listen_inside(folder: Path) -> int | None:
    """Offer each of these sockets as a port of the loopback interface; the proxy's port, if there is one.

    Raises OSError.
    """
    for place in sorted(folder.glob("to-*")):
        _offer(place, int(place.name.removeprefix("to-")))
    proxy = folder / PROXY
    return _offer(proxy, 0) if proxy.exists() else None


def _offer(place: Path, port: int) -> int:
    """A socket file as a port of the loopback interface, any free one for 0; the port."""
    listener = socket.create_server(("127.0.0.1", port))
    _serve(listener, lambda: _connected(place))
    return int(listener.getsockname()[1])


def _connected(place: Path) -> socket.socket:
    near = socket.socket(socket.AF_UNIX)
    near.connect(str(place))
    return near


def _serve(listener: socket.socket, connect: Callable[[], socket.socket]) -> None:
    listener.listen(32)
    threading.Thread(target=_accept, args=(listener, connect), name="smallcode-forward", daemon=True).start()


def _accept(listener: socket.socket, connect: Callable[[], socket.socket]) -> None:
    while True:
        near, _ = listener.accept()
        try:
            far = connect()
        except OSError:
            near.close()
            continue
        join_streams(near, far)


def join_streams(near: socket.socket, far: socket.socket) -> None:
    """Pass on what each sends to the other until one ends, in threads of their own."""
    for source, target in ((near, far), (far, near)):
        threading.Thread(target=_pump, args=(source, target), name="smallcode-forward", daemon=True).start()


def _pump(source: socket.socket, target: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while chunk := source.recv(_CHUNK):
            target.sendall(chunk)
    for end in (source, target):
        with contextlib.suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)
