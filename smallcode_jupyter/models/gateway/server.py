"""The gateway itself: an OpenAI-compatible address for a class, before one model server.

Questions wait until it is their turn, and are then passed on as they are. A person who goes away, or stops, takes the
question along: it leaves the queue, or the server stops answering it.
"""

from __future__ import annotations

import asyncio
import json
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from time import monotonic
from typing import TYPE_CHECKING

import httpx2
from tornado.httpserver import HTTPServer
from tornado.iostream import StreamClosedError
from tornado.netutil import bind_sockets
from tornado.web import Application, RequestHandler

from smallcode_jupyter.models.address import normal_base_url, server_root
from smallcode_jupyter.models.gateway.fair import FairQueue, Place, Refused, Rules
from smallcode_jupyter.models.gateway.keys import user_of
from smallcode_jupyter.models.json_http import as_int, as_object
from smallcode_jupyter.models.usage import Tally, estimate_prompt
from smallcode_jupyter.protocol.tools import Json

if TYPE_CHECKING:
    from tornado.httputil import HTTPServerRequest

__all__ = ["Answered", "Gateway", "GatewayOptions"]

_FACTS = r"/(?:v1/models|props|health|tokenize|apply-template|api/(?:version|ps|tags|show|v0/models))"
"""What a client asks about a server before and between questions; the model does not work for these."""
_CHAT = r"/v1/chat/completions"
_ONLY_OURS = ("n", "n_predict", "id_slot", "n_probs", "best_of")
"""Fields of a question that would multiply the work, or choose a place on the server."""
_LIMITS = ("max_tokens", "max_completion_tokens")
_MAX_BODY = 8_000_000
"""Bytes: far above any window."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """One question that was through the queue."""

    user: str
    waited: float
    """Seconds in the queue."""
    took: float
    """Seconds that the server worked."""
    tokens: int
    """Read and written."""
    status: int
    """HTTP status; 499 where the person went away before the answer's end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GatewayOptions:
    """What an administrator says."""

    upstream: str
    """Address of the model server."""
    secret: str = field(repr=False)
    """What the keys are made from."""
    upstream_key: str = field(default="", repr=False)
    """What the model server wants, and no student has: they cannot go round the gateway then."""
    slots: int = 1
    """Questions that the model server answers at once."""
    answer_tokens: int = 2_048
    """What one answer may have at most."""
    rules: Rules = field(default_factory=Rules)
    on_answer: Callable[[Answered], None] = lambda _: None


class Gateway:
    """Serves from `open` to `close`, on the event loop that runs then."""

    def __init__(self, options: GatewayOptions) -> None:
        """Raises ConfigError for an upstream that is no address."""
        self.options = options
        self.root = server_root(normal_base_url(options.upstream))
        self._queue = FairQueue(options.rules, slots=options.slots)
        self._turns: dict[Place, asyncio.Event] = {}
        # An answer may take long to begin and to go on; only the connection has to come soon.
        timeout = httpx2.Timeout(None, connect=5.0)
        limits = httpx2.Limits(max_connections=None, max_keepalive_connections=0)
        headers = {"Authorization": f"Bearer {options.upstream_key}"} if options.upstream_key else {}
        self.client = httpx2.AsyncClient(timeout=timeout, limits=limits, headers=headers, trust_env=False)
        routes = [(_CHAT, _Chat, {"gateway": self}), (_FACTS, _Facts, {"gateway": self})]
        app = Application(routes, default_handler_class=_Nothing, log_function=lambda _: None)
        self._server = HTTPServer(app, max_body_size=_MAX_BODY)

    def open(self, *, host: str = "127.0.0.1", port: int = 0) -> str:
        """Listen; the address with `/v1`. Raises OSError where the port is taken."""
        sockets = bind_sockets(port, host)
        self._server.add_sockets(sockets)
        return f"http://{host}:{sockets[0].getsockname()[1]}/v1"

    async def close(self) -> None:
        """End everything."""
        self._server.stop()
        await self._server.close_all_connections()
        await self.client.aclose()

    def arrive(self, user: str) -> Place | Refused:
        """Take a question into the queue."""
        place = self._queue.arrive(user, now=monotonic())
        if isinstance(place, Place):
            self._turns[place] = asyncio.Event()
            self._go_on()
        return place

    async def turn(self, place: Place) -> None:
        """Wait until it is this question's turn."""
        await self._turns[place].wait()

    def leave(self, place: Place, *, tokens: int, status: int) -> None:
        """Done with a question, in whatever way."""
        now = monotonic()
        del self._turns[place]
        self._queue.leave(place, now=now, tokens=tokens)
        started = now if place.started is None else place.started
        told = Answered(
            user=place.user, waited=started - place.arrived, took=now - started, tokens=tokens, status=status
        )
        self.options.on_answer(told)
        self._go_on()

    def _go_on(self) -> None:
        while place := self._queue.next(now=monotonic()):
            self._turns[place].set()


class _Known(RequestHandler):
    """Whoever asks has to have a key."""

    SUPPORTED_METHODS = ("GET", "POST")

    def initialize(self, gateway: Gateway) -> None:
        self.gateway = gateway
        self.user = ""

    def prepare(self) -> None:
        scheme, _, key = self.request.headers.get("Authorization", "").partition(" ")
        user = (
            user_of(key.strip(), secret=self.gateway.options.secret) if scheme.lower() == "bearer" else None
        )
        if user is None:
            self.refuse(
                401, "This key is not one of this class. Your hub gives it to you as SMALLCODE_API_KEY."
            )
            return
        self.user = user

    def refuse(self, status: int, message: str, *, seconds: float = 0.0) -> None:
        """An error as OpenAI words it."""
        self.set_status(status)
        if seconds:
            self.set_header("Retry-After", str(math.ceil(seconds)))
        self.finish({"error": {"message": message, "type": "class_limit", "code": status}})

    @property
    def upstream_url(self) -> str:
        return self.gateway.root + self.request.path


class _Facts(_Known):
    """Passed on at once."""

    async def get(self) -> None:
        await self._pass_on()

    async def post(self) -> None:
        await self._pass_on()

    async def _pass_on(self) -> None:
        request: HTTPServerRequest = self.request
        headers = {"Content-Type": "application/json"} if request.body else {}
        try:
            answer = await self.gateway.client.request(
                request.method or "GET", self.upstream_url, content=request.body or None, headers=headers
            )
        except httpx2.HTTPError as error:
            self.refuse(502, f"The model server of this class does not answer: {error}.")
            return
        self.set_status(answer.status_code)
        self.set_header("Content-Type", answer.headers.get("Content-Type", "application/json"))
        self.finish(answer.content)


class _Chat(_Known):
    """Waits for its turn."""

    work: asyncio.Task[None] | None = None
    was_told_whole = False
    """The end of the answer was passed on: a client that closes then has not gone away."""

    async def post(self) -> None:
        try:
            body = as_object(json.loads(self.request.body))
        except ValueError:
            self.refuse(400, "The question is no JSON.")
            return
        place = self.gateway.arrive(self.user)
        if isinstance(place, Refused):
            self.refuse(429, place.why, seconds=place.seconds)
            return
        self.work = asyncio.ensure_future(
            self._answer(place, _tamed(body, self.gateway.options.answer_tokens))
        )
        await asyncio.wait([self.work])
        if not self.work.cancelled():
            self.work.result()

    def on_connection_close(self) -> None:
        if self.work is not None:
            self.work.cancel()

    async def _answer(self, place: Place, body: dict[str, Json]) -> None:
        tally = Tally(estimated_prompt=estimate_prompt(body))
        status = 499
        try:
            await self.gateway.turn(place)
            await self._stream(body, tally)
            status = self.get_status()
        except StreamClosedError:
            pass  # the person went away
        except httpx2.HTTPError as error:
            status = 502
            # An answer that was begun just ends: the client sees that its end is missing.
            if not self._headers_written:
                self.refuse(502, f"The model server of this class does not answer: {error}.")
        finally:
            if self.was_told_whole:
                status = self.get_status()
            usage = tally.usage
            spent = usage.prompt_tokens + usage.completion_tokens if place.started is not None else 0
            self.gateway.leave(place, tokens=spent if status in (200, 499) else 0, status=status)

    async def _stream(self, body: dict[str, Json], tally: Tally) -> None:
        """The server's answer as it comes. What is written is counted on the way."""
        async with self.gateway.client.stream("POST", self.upstream_url, json=body) as answer:
            self.set_status(answer.status_code)
            for name in ("Content-Type", "Retry-After"):
                if value := answer.headers.get(name):
                    self.set_header(name, value)
            rest = b""
            async for piece in answer.aiter_bytes():
                *lines, rest = (rest + piece).split(b"\n")
                _count(lines, tally)
                self.was_told_whole |= any(line.removeprefix(b"data:").strip() == b"[DONE]" for line in lines)
                self.write(piece)
                await self.flush()
            _count([rest], tally)
            self.finish()


class _Nothing(RequestHandler):
    """What is not for students: the server's slots, its metrics, changing its settings."""

    def prepare(self) -> None:
        self.set_status(404)
        self.finish({"error": {"message": "There is nothing here for a class.", "code": 404}})


def _tamed(body: Mapping[str, Json], most: int) -> dict[str, Json]:
    """The question with an answer of at most so many tokens, once, counted."""
    tamed = {name: value for name, value in body.items() if name not in _ONLY_OURS}
    for name in [name for name in _LIMITS if name in tamed] or _LIMITS[:1]:
        tamed[name] = min(as_int(tamed.get(name)) or most, most)
    if tamed.get("stream") is True:
        tamed["stream_options"] = {**as_object(tamed.get("stream_options")), "include_usage": True}
    return tamed


def _count(lines: list[bytes], tally: Tally) -> None:
    for line in lines:
        try:
            tally.add(json.loads(line.removeprefix(b"data:")))
        except (ValueError, RecursionError):
            continue
