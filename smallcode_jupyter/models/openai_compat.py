"""Models behind any OpenAI-compatible server, by streaming chat completions."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Generator
from dataclasses import dataclass, replace
from time import monotonic, time
from typing import TYPE_CHECKING

from smallcode_jupyter.models.chunks import NotAChunk, ReplyBuilder
from smallcode_jupyter.models.client import new_client
from smallcode_jupyter.models.constraints import Constraints
from smallcode_jupyter.models.counting import calibrated, estimate_request, estimate_tokens
from smallcode_jupyter.models.cutting import CutWatch
from smallcode_jupyter.models.exchange import Chunk, Exchange, Failure
from smallcode_jupyter.models.failures import (
    Refusal,
    died,
    error_of,
    gave_up,
    is_loading,
    is_overflow,
    malformed,
    server_message,
    unreachable,
    wished_pause,
)
from smallcode_jupyter.models.json_http import as_list, as_object, as_text, ask_json
from smallcode_jupyter.models.naming import unknown_model
from smallcode_jupyter.models.port import OnDelta
from smallcode_jupyter.models.quirks import Quirks
from smallcode_jupyter.models.traits import Tokenizer, traits_of
from smallcode_jupyter.models.wire import messages_json, request_json, tools_json
from smallcode_jupyter.protocol.errors import (
    ModelError,
    NoServer,
    StreamBroken,
    UnknownModel,
)
from smallcode_jupyter.protocol.model import FinishReason, ModelInfo, ModelReply, ModelRequest
from smallcode_jupyter.protocol.tools import Json

if TYPE_CHECKING:
    from openai import OpenAI

__all__ = ["OpenAICompatModel"]

_POLL_SECONDS = 0.05
_LAST_WORDS_SECONDS = 1.0
"""How long to wait for the counts after the server said that the answer is finished."""
_LOADING_POLL_SECONDS = 0.25
_CACHED_COUNTS = 2_048
_CACHED_CHARACTERS = 50_000


class _Refused(Exception):
    """The server answered with an HTTP error; carried from where it is seen to where waiting is decided."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.message)
        self.refusal = refusal


@dataclass(slots=True)
class _Progress:
    """Of one answer."""

    builder: ReplyBuilder
    started: float
    first_token: float = 0.0
    finished: float = 0.0
    """When the server said why it stopped; 0 before."""


class OpenAICompatModel:
    """A `Model` on a server. Opening it sends nothing; the client is loaded with the first question or by `warm`."""

    def __init__(
        self,
        info: ModelInfo,
        *,
        api_key: str | None = None,
        loading_seconds: float = 60.0,
        on_loading: Callable[[float], None] | None = None,
        find_window: Callable[[], int | None] | None = None,
        restart: Callable[[], ModelInfo] | None = None,
    ) -> None:
        """`on_loading` is told the seconds waited while the server loads its model, for at most `loading_seconds`.

        `restart` brings back a server that is gone, perhaps at another address; the built-in one ends when idle.

        `find_window` is asked once after the first answer if the window was an assumption: some servers only tell
        once the model is loaded.
        """
        self._api_key = api_key
        self._loading_seconds = loading_seconds
        self._on_loading = on_loading
        self._find_window = find_window
        self._restart = restart
        self._traits = traits_of(info.server)
        self._constraints = Constraints(self._traits.constrain)
        self._quirks = Quirks()
        self._cut_watch = CutWatch(hint=self._traits.window_hint)
        self._tokenizer = self._new_tokenizer(info)
        self._info = replace(info, has_tokenizer=self._tokenizer is not None)
        self._counts: OrderedDict[str, int] = OrderedDict()
        self._client: OpenAI | None = None
        self._client_lock = threading.Lock()

    @property
    def info(self) -> ModelInfo:
        """What is known of the model; the window may become known with the first answer."""
        return self._info

    @property
    def quirks(self) -> tuple[str, ...]:
        """What the server turned out not to take, by the names in `quirks.toml`."""
        return self._quirks.names

    def warm(self) -> None:
        """Load the client in a background thread: importing it takes the better part of a second."""
        if self._client is None:
            threading.Thread(target=self._open_client, name="smallcode-warm", daemon=True).start()

    def ask(self, request: ModelRequest, *, on_delta: OnDelta, cancel: threading.Event) -> ModelReply:
        """See `Model.ask`. A server that still loads its model is waited for, up to the bound given at opening."""
        started = monotonic()
        has_restarted = False
        while True:
            try:
                reply = self._ask_once(request, on_delta=on_delta, cancel=cancel, started=started)
            except NoServer:
                if self._restart is None or has_restarted:
                    raise
                has_restarted = True
                self._move(self._restart())
            except _Refused as refused:
                refusal, waited = refused.refusal, monotonic() - started
                if self._constraints.are_given_up(request, refusal) or self._is_adapted(refusal):
                    continue
                if not is_loading(refusal.status, refusal.message) or waited > self._loading_seconds:
                    raise self._refused(refusal) from None
                if self._on_loading is not None:
                    self._on_loading(waited)
                cancel.wait(_LOADING_POLL_SECONDS)
            else:
                self._learn_window()
                return self._watched(reply, request)

    def count(self, texts: tuple[str, ...]) -> tuple[int, ...]:
        """See `Model.count`. Counts are remembered."""
        return tuple(self._count_one(text) for text in texts)

    def count_request(self, request: ModelRequest) -> int:
        """See `Model.count_request`."""
        if self._tokenizer is None:
            return estimate_request(request)
        messages = messages_json(request.messages, profile=self._info.profile)
        try:
            return self._tokenizer.count_messages(self._tokenizer, messages, tools_json(request))
        except OSError:
            return estimate_request(request)

    def close(self) -> None:
        """See `Model.close`."""
        with self._client_lock:
            client, self._client = self._client, None
        if client is not None:
            client.close()

    def _ask_once(
        self, request: ModelRequest, *, on_delta: OnDelta, cancel: threading.Event, started: float
    ) -> ModelReply:
        progress = _Progress(builder=ReplyBuilder(max_tokens=request.max_tokens), started=started)
        exchange = Exchange(lambda: self._stream(request))
        try:
            if cancel.is_set():
                return self._reply(progress, request, "cancelled")
            exchange.start()
            return self._follow(exchange, progress, request, on_delta=on_delta, cancel=cancel)
        finally:
            exchange.abort()

    def _follow(
        self,
        exchange: Exchange,
        progress: _Progress,
        request: ModelRequest,
        *,
        on_delta: OnDelta,
        cancel: threading.Event,
    ) -> ModelReply:
        builder = progress.builder
        while True:
            item = exchange.next(_POLL_SECONDS)
            if cancel.is_set():
                return self._reply(progress, request, "cancelled")
            match item:
                case None:
                    if progress.finished and monotonic() - progress.finished > _LAST_WORDS_SECONDS:
                        return self._ended(progress, request)
                case Failure(error=error):
                    raise self._failed(error, exchange, progress, request) from error
                case Chunk(body=body):
                    if not self._take(body, progress, request, on_delta=on_delta):
                        return self._reply(progress, request, "guard")
                    if builder.is_over_limit:
                        return self._reply(progress, request, "length")
                case _:
                    return self._ended(progress, request)

    def _take(self, body: Json, progress: _Progress, request: ModelRequest, *, on_delta: OnDelta) -> bool:
        """Take a chunk; False if the listener has heard enough."""
        if isinstance(body, dict) and body.get("error"):
            raise self._error_event(body, progress, request)
        try:
            deltas = progress.builder.add(body)
        except NotAChunk as error:
            raise self._malformed(f"it sent {error}", progress, request) from error
        if not progress.first_token and progress.builder.written:
            progress.first_token = monotonic()
        if progress.builder.finish_reason is not None and not progress.finished:
            progress.finished = monotonic()
        return all(on_delta(delta) for delta in deltas)

    def _ended(self, progress: _Progress, request: ModelRequest) -> ModelReply:
        reason = progress.builder.finish_reason
        if reason is not None:
            return self._reply(progress, request, reason)
        if not progress.builder.chunks:
            raise self._malformed("it sent no event at all", progress, request)
        raise self._died(progress, request)

    def _reply(self, progress: _Progress, request: ModelRequest, reason: FinishReason) -> ModelReply:
        reply = progress.builder.reply(
            finish_reason=reason,
            estimated_prompt=estimate_request(request),
            estimate=estimate_tokens(progress.builder.written),
        )
        first = progress.first_token - progress.started if progress.first_token else 0.0
        usage = replace(reply.usage, seconds=monotonic() - progress.started, first_token_seconds=first)
        return replace(reply, usage=usage)

    def _failed(
        self, error: Exception, exchange: Exchange, progress: _Progress, request: ModelRequest
    ) -> Exception:
        import openai

        match error:
            case openai.APIStatusError():
                return _Refused(self._refusal(error.status_code, error.body, error.response.headers))
            case openai.APIConnectionError():
                if exchange.was_connected:
                    return self._died(progress, request)
                return unreachable(self._info.base_url, str(error.__cause__ or error))
            case openai.APIError():
                return self._error_event(error.body or error.message, progress, request)
            case ValueError():
                return self._malformed(f"it sent what cannot be read: {error}", progress, request)
            case _:
                return error

    def _refusal(self, status: int, body: object, headers: object) -> Refusal:
        get = getattr(headers, "get", None)
        wish = get("retry-after", "") if callable(get) else ""
        return Refusal(
            status=status,
            message=server_message(body),
            model=self._info.name,
            base_url=self._info.base_url,
            retry_after=wished_pause(wish, now=time()) if isinstance(wish, str) else None,
        )

    def _is_adapted(self, refusal: Refusal) -> bool:
        """Whether the server said what it does not take; the question is then worth asking without it."""
        profile = self._quirks.learn(refusal, self._info.profile)
        if profile is not None:
            self._info = replace(self._info, profile=profile)
        return profile is not None

    def _refused(self, refusal: Refusal) -> ModelError:
        error = error_of(refusal)
        if not isinstance(error, UnknownModel):
            return error
        try:
            answer = ask_json(f"{self._info.base_url}/models", timeout=1.0, api_key=self._api_key)
        except OSError:
            return error
        names = [as_text(as_object(row).get("id")) for row in as_list(as_object(answer.body).get("data"))]
        if not names or self._info.name in names:
            return error
        return unknown_model(self._info.name, names, where=f"on the server at {self._info.base_url}")

    def _error_event(self, body: object, progress: _Progress, request: ModelRequest) -> ModelError:
        message = server_message(body)
        if is_overflow(message):
            return error_of(
                Refusal(status=0, message=message, model=self._info.name, base_url=self._info.base_url)
            )
        return gave_up(self._info.base_url, message, partial=self._reply(progress, request, "stop"))

    def _malformed(self, why: str, progress: _Progress, request: ModelRequest) -> StreamBroken:
        return malformed(self._info.base_url, why, partial=self._reply(progress, request, "stop"))

    def _died(self, progress: _Progress, request: ModelRequest) -> StreamBroken:
        return died(self._info.base_url, partial=self._reply(progress, request, "stop"))

    def _new_tokenizer(self, info: ModelInfo) -> Tokenizer | None:
        return self._traits.tokenizer(base_url=info.base_url, model=info.name, api_key=self._api_key)

    def _move(self, info: ModelInfo) -> None:
        """The same model is at another address now."""
        self.close()
        self._tokenizer = self._new_tokenizer(info)
        self._info = replace(info, has_tokenizer=self._tokenizer is not None)

    def _count_one(self, text: str) -> int:
        if self._tokenizer is None:
            return estimate_tokens(text)
        if (known := self._counts.get(text)) is not None:
            self._counts.move_to_end(text)
            return known
        try:
            tokens = self._tokenizer.count(self._tokenizer, text) if text else 0
        except OSError:
            return estimate_tokens(text)
        if len(text) <= _CACHED_CHARACTERS:
            self._counts[text] = tokens
        if len(self._counts) > _CACHED_COUNTS:
            self._counts.popitem(last=False)
        return tokens

    def _learn_window(self) -> None:
        if self._find_window is None or self._info.is_window_known:
            return
        window = self._find_window()
        self._find_window = None
        if window is not None:
            self._info = replace(self._info, context_window=window, is_window_known=True)

    def _watched(self, reply: ModelReply, request: ModelRequest) -> ModelReply:
        """The reply, marked if the server read only a part of the prompt; what its counts tell is remembered."""
        cut = self._cut_watch.judge(request, reply.usage, window=self._info.context_window)
        if cut is None:
            self._info = calibrated(self._info, request, reply.usage)
            return reply
        self._info = replace(self._info, context_window=cut.window, is_window_known=True)
        return replace(reply, cut=cut)

    def _stream(self, request: ModelRequest) -> Generator[Json, None, None]:
        import openai

        body = request_json(
            request, model=self._info.name, profile=self._info.profile, samplers=self._traits.samplers
        )
        stream = self._open_client().post(
            "/chat/completions",
            body=self._quirks.applied(
                {**body, **self._traits.extra_body, **self._constraints.fields(request)}
            ),
            cast_to=object,
            stream=True,
            stream_cls=openai.Stream[object],
        )
        with stream:
            yield from stream  # type: ignore[misc]  # the client decodes JSON and calls it an object

    def _open_client(self) -> OpenAI:
        with self._client_lock:
            if self._client is None:
                self._client = new_client(self._info.base_url, self._api_key)
            return self._client
