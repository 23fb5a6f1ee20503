"""A model server on loopback that does exactly as told, well or badly."""

from __future__ import annotations

import json
import socket
import struct
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from smallcode_jupyter.models.profiles import profile_for
from smallcode_jupyter.protocol.model import ModelInfo

CHAT = "/v1/chat/completions"
Step = Callable[["Handler"], None]


@dataclass
class Received:
    path: str
    headers: Mapping[str, str]
    """With names in lower case."""
    body: Any


class Handler(BaseHTTPRequestHandler):
    server: FakeHTTPServer
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: object) -> None:
        pass

    def do_GET(self) -> None:
        self._serve(None)

    def do_HEAD(self) -> None:
        self._serve(None)

    def do_POST(self) -> None:
        content = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self._serve(json.loads(content) if content else None)

    def _serve(self, body: Any) -> None:
        fake = self.server.fake
        fake.received.append(
            Received(
                path=self.path,
                headers={name.lower(): value for name, value in self.headers.items()},
                body=body,
            )
        )
        self.close_connection = True
        steps = fake.steps.get(self.path)
        step = not_found if not steps else steps.pop(0) if len(steps) > 1 else steps[0]
        try:
            step(self)
        except (BrokenPipeError, ConnectionResetError):
            fake.was_left.set()

    def start_stream(self, content_type: str = "text/event-stream") -> None:
        self.send_response(200)
        self.send_header("Content-Type", content_type)
        self.send_header("Connection", "close")
        self.end_headers()

    def reset(self) -> None:
        """Close so that the other side sees a connection reset."""
        self.wfile.flush()
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()


class FakeHTTPServer(ThreadingHTTPServer):
    daemon_threads = True
    fake: FakeServer

    def handle_error(self, request: object, client_address: object) -> None:
        pass  # a connection that a test broke on purpose


@dataclass
class FakeServer:
    base_url: str = ""
    steps: dict[str, list[Step]] = field(default_factory=dict)
    """By path; the last step of a path is used again and again."""
    received: list[Received] = field(default_factory=list)
    was_left: threading.Event = field(default_factory=threading.Event)
    """Set when the client went away while the server was still sending."""
    stop: threading.Event = field(default_factory=threading.Event)

    def on(self, path: str, *steps: Step) -> None:
        self.steps[path] = list(steps)

    def asked(self, path: str) -> list[Received]:
        return [one for one in self.received if one.path == path]

    def info(self, **changes: Any) -> ModelInfo:
        facts: dict[str, Any] = {
            "name": "tiny",
            "base_url": self.base_url,
            "server": "openai-compatible",
            "context_window": 4096,
            "is_window_known": True,
            "profile": profile_for("tiny"),
        }
        return ModelInfo(**{**facts, **changes})


def not_found(handler: Handler) -> None:
    answer({"error": {"message": "File Not Found", "code": 404}}, status=404)(handler)


def answer(body: object, *, status: int = 200, headers: Mapping[str, str] | None = None) -> Step:
    """A whole answer: JSON, or text as it is."""

    def step(handler: Handler) -> None:
        content = (body if isinstance(body, str) else json.dumps(body)).encode()
        handler.send_response(status)
        kind = "text/html" if isinstance(body, str) else "application/json"
        for name, value in {
            "Content-Type": kind,
            "Content-Length": str(len(content)),
            **(headers or {}),
        }.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(content)

    return step


def delta(**fields: object) -> dict[str, Any]:
    return {"choices": [{"index": 0, "delta": fields, "finish_reason": None}]}


def finish(reason: str = "stop", **more: object) -> dict[str, Any]:
    return {"choices": [{"index": 0, "delta": {}, "finish_reason": reason}], **more}


def events(*chunks: object) -> bytes:
    lines = [f"data: {chunk if isinstance(chunk, str) else json.dumps(chunk)}\n\n" for chunk in chunks]
    return "".join(lines).encode()


def stream(*chunks: object) -> Step:
    """A good stream of these chunks."""
    return raw(events(*chunks, "[DONE]"))


def raw(content: bytes, *, content_type: str = "text/event-stream", resets: bool = False) -> Step:
    """These bytes as the body, then the end, orderly or not."""

    def step(handler: Handler) -> None:
        handler.start_stream(content_type)
        handler.wfile.write(content)
        if resets:
            handler.reset()

    return step


def silent(handler: Handler) -> None:
    """Take the request and never answer, as a server that reads a long prompt."""
    handler.connection.settimeout(10)
    if handler.connection.recv(1) == b"":
        handler.server.fake.was_left.set()
