"""One streamed answer, read in a thread of its own, so that whoever asked can leave at any moment."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Callable, Generator
from contextvars import ContextVar
from dataclasses import dataclass
from queue import Empty, SimpleQueue

from smallcode_jupyter.protocol.tools import Json

__all__ = ["Chunk", "End", "Exchange", "Failure", "Item", "watch_connection"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chunk:
    """The next piece of the stream."""

    body: Json


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """The stream failed; nothing comes after it."""

    error: Exception


@dataclass(frozen=True, slots=True, kw_only=True)
class End:
    """The stream ended."""


Item = Chunk | Failure | End

_current: ContextVar[Exchange | None] = ContextVar("exchange", default=None)


class Exchange:
    """Reads a stream in the background. `abort` may be called from any thread, any number of times."""

    def __init__(self, open_stream: Callable[[], Generator[Json, None, None]]) -> None:
        self._open_stream = open_stream
        self._items: SimpleQueue[Item] = SimpleQueue()
        self._lock = threading.Lock()
        self._socket: socket.socket | None = None
        self._is_aborted = False
        self._thread = threading.Thread(target=self._read, name="smallcode-answer", daemon=True)

    def start(self) -> None:
        """Send the request."""
        self._thread.start()

    def next(self, timeout: float) -> Item | None:
        """The next item, or None if there is none after so many seconds."""
        try:
            return self._items.get(timeout=timeout)
        except Empty:
            return None

    @property
    def was_connected(self) -> bool:
        """Whether a server took the connection."""
        return self._socket is not None

    def abort(self) -> None:
        """Close the connection, also one that is only coming up, so that the server stops working on the answer."""
        with self._lock:
            self._is_aborted = True
            connection = self._socket
        if connection is not None:
            _shut(connection)

    def take_connection(self, connection: socket.socket) -> None:
        """Told by the client which connection it uses."""
        with self._lock:
            self._socket = connection
            is_aborted = self._is_aborted
        if is_aborted:
            _shut(connection)

    def _read(self) -> None:
        _current.set(self)
        try:
            with contextlib.closing(self._open_stream()) as stream:
                for body in stream:
                    self._items.put(Chunk(body=body))
                    if self._is_aborted:
                        return
        except Exception as error:  # noqa: BLE001 - carried to the thread that asked, which raises it
            self._items.put(Failure(error=error))
        else:
            self._items.put(End())


def _shut(connection: socket.socket) -> None:
    # Closing alone would not wake a thread that waits in recv().
    with contextlib.suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)


def watch_connection(event: str, connection: object) -> None:
    """Hand a connection that came up in this thread to the exchange that runs here."""
    exchange = _current.get()
    if exchange is not None and event.endswith((".connect_tcp.complete", ".start_tls.complete")):
        get_extra_info = getattr(connection, "get_extra_info", None)
        found = get_extra_info("socket") if callable(get_extra_info) else None
        if isinstance(found, socket.socket):
            exchange.take_connection(found)
