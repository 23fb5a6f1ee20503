"""A proxy before the model server, for one attempt: it counts what the agent spends, and refuses when that is too much.

The counts are the server's own. Everything goes through as it comes; a client that leaves ends the server's work.
"""

from __future__ import annotations

import contextlib
import hashlib
import http.client
import json
import select
import socket
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from time import monotonic, sleep
from types import TracebackType
from urllib.parse import urlsplit

from smallcode_jupyter.models.address import normal_base_url, server_root
from smallcode_jupyter.models.json_http import as_int, as_object
from smallcode_jupyter.models.usage import Tally, estimate_prompt
from smallcode_jupyter.protocol.tools import Json

__all__ = ["Meter", "Reading"]

_FREE = frozenset({"tokenize", "detokenize", "apply-template", "props", "slots", "show", "count_tokens"})
"""Last parts of paths where the model writes nothing."""
_NOT_SAMPLER = frozenset(
    {
        "messages",
        "prompt",
        "input",
        "tools",
        "model",
        "stream",
        "stream_options",
        "grammar",
        "response_format",
        "cache_prompt",
        "timings_per_token",
    }
)
_HOP = frozenset(
    {"connection", "keep-alive", "transfer-encoding", "content-length", "host", "accept-encoding"}
)
_CONNECT_SECONDS = 10.0
_WATCH_SECONDS = 0.05
_CLOSE_SECONDS = 5.0
_REFUSAL = {
    "error": {
        "message": "The token budget of this attempt is used up.",
        "type": "insufficient_quota",
        "param": None,
        "code": "insufficient_quota",
    }
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What was spent until now."""

    prompt_tokens: int = 0
    """Cached ones included."""
    cached_tokens: int = 0
    completion_tokens: int = 0
    requests: int = 0
    """Questions to the model that were let through."""
    refused: int = 0
    """Those that came after the budget was used up."""
    sampler: Mapping[str, Json] = field(default_factory=dict)
    """Of the first question, as it went to the server."""
    transcript: str = ""
    """SHA-256 of the log: a JSON line for each question and its answer. Empty if nothing was asked."""
    failures: tuple[str, ...] = ()
    """Errors of the server, the first few."""

    @property
    def tokens(self) -> int:
        """Read and written."""
        return self.prompt_tokens + self.completion_tokens

    @property
    def is_used_up(self) -> bool:
        """Whether a question had to be refused."""
        return self.refused > 0


class Meter:
    """A context manager; `base_url` is what the agent is given. Leaving it ends whatever is still being answered."""

    def __init__(
        self,
        base_url: str,
        *,
        tokens: int,
        defaults: Mapping[str, Json] | None = None,
        log: Path | None = None,
    ) -> None:
        """`defaults`: fields for questions that lack them, such as a seed. `log`: where the transcript is kept."""
        parts = urlsplit(server_root(normal_base_url(base_url)))
        self.is_secure, self.netloc, self.prefix = parts.scheme == "https", parts.netloc, parts.path
        self._tokens, self._defaults, self._log = tokens, dict(defaults or {}), log
        self._lock = threading.Lock()
        self._spent = Tally(estimated_prompt=0).usage
        self._requests = self._refused = self._pending = 0
        self._sampler: dict[str, Json] = {}
        self._failures: list[str] = []
        self._hash = hashlib.sha256()
        self._open: set[socket.socket] = set()
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.meter = self
        self._thread = threading.Thread(
            target=self._server.serve_forever,
            kwargs={"poll_interval": 0.05},
            name="smallcode-meter",
            daemon=True,
        )

    @property
    def base_url(self) -> str:
        """With `/v1`."""
        return f"http://127.0.0.1:{self._server.server_address[1]}/v1"

    def __enter__(self) -> Meter:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        with self._lock:
            for opened in self._open:
                _shut(opened)
        deadline = monotonic() + _CLOSE_SECONDS
        while (self._open or self._pending) and monotonic() < deadline:
            sleep(0.01)
        self._server.server_close()

    @property
    def reading(self) -> Reading:
        """Safe to ask at any moment."""
        with self._lock:
            return Reading(
                prompt_tokens=self._spent.prompt_tokens,
                cached_tokens=self._spent.cached_tokens,
                completion_tokens=self._spent.completion_tokens,
                requests=self._requests,
                refused=self._refused,
                sampler=dict(self._sampler),
                transcript=self._hash.hexdigest() if self._requests else "",
                failures=tuple(self._failures),
            )

    def admit(self, body: dict[str, Json]) -> dict[str, Json] | None:
        """The question as it is to be sent, or None if nothing is left to spend."""
        with self._lock:
            left = self._tokens - self._spent.prompt_tokens - self._spent.completion_tokens
            if left <= 0:
                self._refused += 1
                return None
            sent = {**self._defaults, **body}
            limits = [name for name in ("max_tokens", "max_completion_tokens") if as_int(sent.get(name))]
            for name in limits or ["max_tokens"]:
                sent[name] = min(as_int(sent.get(name)) or left, left)
            if sent.get("stream") is True:
                sent["stream_options"] = {**as_object(sent.get("stream_options")), "include_usage": True}
            if not self._requests:
                self._sampler = {name: value for name, value in sent.items() if name not in _NOT_SAMPLER}
            self._requests += 1
            self._pending += 1
            return sent

    def settle(self, tally: Tally, *, path: str, sent: Json, status: int, answer: str) -> None:
        """Book a question that was answered, as far as it was."""
        line = json.dumps({"path": path, "request": sent, "status": status, "answer": answer}) + "\n"
        usage = tally.usage
        with self._lock:
            self._pending -= 1
            self._hash.update(line.encode())
            if self._log is not None:
                with self._log.open("a", encoding="utf-8") as file:
                    file.write(line)
            if status >= 400:
                if len(self._failures) < 5:
                    self._failures.append(f"HTTP {status}: {answer[:200]}")
                return
            self._spent = type(usage)(
                prompt_tokens=self._spent.prompt_tokens + usage.prompt_tokens,
                cached_tokens=self._spent.cached_tokens + usage.cached_tokens,
                completion_tokens=self._spent.completion_tokens + usage.completion_tokens,
            )

    @contextlib.contextmanager
    def upstream(self, client: socket.socket) -> Iterator[http.client.HTTPConnection]:
        """A connection to the real server that is shut when the client leaves or the meter closes."""
        kind = http.client.HTTPSConnection if self.is_secure else http.client.HTTPConnection
        connection = kind(self.netloc, timeout=_CONNECT_SECONDS)
        done = threading.Event()
        connection.connect()
        # Kept apart: the connection forgets its socket as soon as the headers of a last answer are there.
        opened = connection.sock
        opened.settimeout(None)
        with self._lock:
            self._open.add(opened)
        try:
            threading.Thread(target=_watch, args=(client, opened, done), daemon=True).start()
            yield connection
        finally:
            done.set()
            connection.close()
            with self._lock:
                self._open.discard(opened)


def _watch(client: socket.socket, opened: socket.socket, done: threading.Event) -> None:
    """Shut the connection to the server as soon as the client has closed its own."""
    poll = select.poll()
    poll.register(client, select.POLLIN)
    while not done.wait(_WATCH_SECONDS):
        try:
            if not poll.poll(0):
                continue
            if client.recv(1, socket.MSG_PEEK):
                return  # the next question, sent early
        except OSError:
            pass
        _shut(opened)
        return


def _shut(opened: socket.socket) -> None:
    # Closing alone would not wake a thread that waits in recv().
    with contextlib.suppress(OSError):
        opened.shutdown(socket.SHUT_RDWR)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    meter: Meter

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that went away is no event."""


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: object) -> None:
        """Nothing prints."""

    def do_GET(self) -> None:
        """Facts about the server."""
        self._forward(b"", tally=None, sent=None, hides_usage=False)

    def do_HEAD(self) -> None:
        """The same without a body."""
        self._forward(b"", tally=None, sent=None, hides_usage=False)

    def do_POST(self) -> None:
        """A question to the model, unless the path is one of those where it writes nothing."""
        content = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if urlsplit(self.path).path.rstrip("/").rpartition("/")[2] in _FREE:
            self._forward(content, tally=None, sent=None, hides_usage=False)
            return
        try:
            body = as_object(json.loads(content))
        except ValueError:
            body = {}
        sent = self.server.meter.admit(body)
        if sent is None:
            self._answer(
                429, json.dumps(_REFUSAL).encode(), {"Retry-After": "3600", "X-Should-Retry": "false"}
            )
            return
        hides = as_object(body.get("stream_options")).get("include_usage") is not True
        tally = Tally(estimated_prompt=estimate_prompt(sent))
        self._forward(json.dumps(sent).encode(), tally=tally, sent=sent, hides_usage=hides)

    def _forward(self, content: bytes, *, tally: Tally | None, sent: Json, hides_usage: bool) -> None:
        meter = self.server.meter
        headers = {name: value for name, value in self.headers.items() if name.lower() not in _HOP}
        headers |= {"Content-Length": str(len(content)), "Connection": "close"} if content else {}
        status, said, was_asked = 0, list[bytes](), False
        try:
            with meter.upstream(self.connection) as connection:
                connection.request(self.command, meter.prefix + self.path, content or None, headers)
                was_asked = True
                response = connection.getresponse()
                status = response.status
                if "event-stream" in response.headers.get("Content-Type", ""):
                    self._stream(response, said, tally, hides_usage=hides_usage)
                else:
                    said.append(response.read())
                    if tally is not None:
                        tally.add(_json(said[0]))
                    self._answer(status, said[0], _kept(response))
        except (OSError, http.client.HTTPException, ValueError) as error:
            self.close_connection = True
            if not status:
                # A question that went out counts, also when nobody waited for its answer.
                status = 0 if was_asked else 502
                failure = {"error": {"message": f"The model server does not answer: {error}", "code": 502}}
                with contextlib.suppress(OSError):
                    self._answer(502, json.dumps(failure).encode(), {})
        finally:
            if tally is not None:
                answer = b"".join(said).decode("utf-8", errors="replace")
                meter.settle(tally, path=self.path, sent=sent, status=status, answer=answer)

    def _stream(
        self, response: http.client.HTTPResponse, said: list[bytes], tally: Tally | None, *, hides_usage: bool
    ) -> None:
        """Line by line as they come, without the one event that the client did not ask for."""
        self.send_response(response.status)
        for name, value in _kept(response).items():
            self.send_header(name, value)
        self.send_header("Transfer-Encoding", "chunked")
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        while line := response.readline():
            said.append(line)
            event = _json(line[5:]) if line.startswith(b"data:") else None
            if tally is not None and event is not None:
                tally.add(event)
            if hides_usage and as_object(event).get("choices") == [] and "usage" in as_object(event):
                continue
            self.wfile.write(b"%x\r\n%s\r\n" % (len(line), line))
            self.wfile.flush()
        self.wfile.write(b"0\r\n\r\n")

    def _answer(self, status: int, content: bytes, headers: Mapping[str, str]) -> None:
        self.send_response(status)
        for name, value in ({"Content-Type": "application/json"} | dict(headers)).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        if self.command != "HEAD":
            self.wfile.write(content)


def _kept(response: http.client.HTTPResponse) -> dict[str, str]:
    dropped = _HOP | {"date", "server"}
    return {name: value for name, value in response.headers.items() if name.lower() not in dropped}


def _json(content: bytes) -> Json:
    try:
        value: Json = json.loads(content)
    except (ValueError, RecursionError):
        return None
    return value
