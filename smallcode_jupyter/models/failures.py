"""A server's refusals, as typed errors with the server's own words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime

from smallcode_jupyter.protocol.errors import (
    AccessDenied,
    ContextOverflow,
    ModelError,
    NoServer,
    RateLimited,
    RequestRefused,
    ServerFault,
    StreamBroken,
    UnknownModel,
)
from smallcode_jupyter.protocol.model import ModelReply

__all__ = [
    "Refusal",
    "died",
    "error_of",
    "gave_up",
    "is_loading",
    "is_overflow",
    "malformed",
    "server_message",
    "unreachable",
    "wished_pause",
]

_OVERFLOW = re.compile(
    r"""
    exceed_context_size | context_length_exceeded                  # codes of llama.cpp and OpenAI
    | exceeds?\ the\ available\ context\ size                      # llama.cpp
    | maximum\ context\ length | exceeds?\ (?:the\ )?model'?s?\ maximum\ (?:context|length)   # vLLM, OpenAI
    | longer\ than\ the\ maximum\ model\ length                    # vLLM
    | (?:input|prompt)\ (?:length|is)?\ ?(?:exceeds|too\ long\ for)\ (?:the\ )?(?:maximum\ )?context   # Ollama
    | prompt\ (?:is\ )?too\ long                                   # Ollama
    | greater\ than\ the\ context\ (?:length|window) | context\ the\ overflows | context\ overflow   # LM Studio
    | max_new_tokens`?\ must\ be\ <=                               # text-generation-inference
    """,
    re.IGNORECASE | re.VERBOSE,
)
_LOADING = re.compile(
    r"\bload(?:ing)?\b.*\bmodel\b|\bmodel\b.*\bload(?:ing)?\b|unavailable_error", re.IGNORECASE
)
_MAX_WORDS = 300
_LONGEST_WISH = 1e9


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """What a server said instead of an answer."""

    status: int
    """HTTP status; 0 where the error came inside a stream and named none."""
    message: str
    """In the server's words; empty if it had none."""
    model: str
    base_url: str
    retry_after: float | None = None
    """Seconds, as the server wished."""


def server_message(body: object) -> str:
    """The words of an error body: OpenAI's, Ollama's and FastAPI's shapes, else its text, shortened."""
    value: object = body
    for key in ("error", "message", "detail"):
        if isinstance(value, Mapping) and value.get(key):
            value = value[key]
    text = value if isinstance(value, str) else "" if value is None else str(value)
    if "<html" in text[:500].lower() or "<!doctype" in text[:500].lower():
        return "the answer was a web page"
    text = " ".join(text.split())
    return text if len(text) <= _MAX_WORDS else text[: _MAX_WORDS - 1] + "…"


def wished_pause(text: str, *, now: float) -> float | None:
    """Seconds that a `Retry-After` wishes: a number, or a date against `now` (seconds since 1970). None if neither."""
    try:
        return max(0.0, float(text)) if float(text) < _LONGEST_WISH else None
    except ValueError:
        pass
    try:
        return max(0.0, parsedate_to_datetime(text).timestamp() - now)
    except (ValueError, OverflowError):
        return None


def is_overflow(message: str) -> bool:
    """Whether these words mean that the prompt does not fit the window."""
    return _OVERFLOW.search(message) is not None


def is_loading(status: int, message: str) -> bool:
    """Whether the server only needs more time to load its model."""
    return status == 503 and _LOADING.search(message) is not None


def error_of(refusal: Refusal) -> ModelError:
    """The error to raise for a refusal."""
    if refusal.status not in (401, 403, 404, 429) and is_overflow(refusal.message):
        return _overflow(refusal)
    said = f"The server says: {refusal.message}" if refusal.message else "The server gave no reason."
    if refusal.status in (401, 403):
        return AccessDenied(
            f"The server at {refusal.base_url} wants a valid key (HTTP {refusal.status}).",
            why=said,
            hint="Set SMALLCODE_API_KEY to a key of this server.",
        )
    if refusal.status == 404:
        return UnknownModel(
            f"The server at {refusal.base_url} does not know the model {refusal.model!r} or the path (HTTP 404).",
            why=said,
            hint="List the server's models, and check that the address ends in /v1.",
        )
    if refusal.status == 429:
        return _rate_limited(refusal, said)
    if refusal.status >= 500:
        return _fault(refusal, said)
    return RequestRefused(
        f"The server at {refusal.base_url} refused the request (HTTP {refusal.status}).",
        why=said,
        hint="The server's log says more; a chat template that refuses a message role is a usual cause.",
    )


def _overflow(refusal: Refusal) -> ContextOverflow:
    return ContextOverflow(
        f"The prompt does not fit into the window of {refusal.model}.",
        why=f"The server says: {refusal.message}",
        hint="Ask about less, or start the server with a larger context.",
    )


def _rate_limited(refusal: Refusal, said: str) -> RateLimited:
    wait = f" for {refusal.retry_after:g} s" if refusal.retry_after is not None else ""
    return RateLimited(
        f"The server at {refusal.base_url} takes no more requests now (HTTP 429).",
        why=said,
        hint=f"Wait{wait}, then try again.",
        retry_after=refusal.retry_after,
    )


def _fault(refusal: Refusal, said: str) -> ServerFault:
    if is_loading(refusal.status, refusal.message):
        return ServerFault(
            f"The server at {refusal.base_url} is still loading its model.",
            why=said,
            hint="Try again in a moment.",
        )
    return ServerFault(
        f"The server at {refusal.base_url} failed (HTTP {refusal.status}).",
        why=said,
        hint="See the server's log, and restart it if this happens again.",
    )


def unreachable(base_url: str, why: str) -> NoServer:
    """Nothing takes the connection."""
    return NoServer(
        f"No model server answers at {base_url}.",
        why=f"The connection failed: {why.rstrip('.')}.",
        hint="Start it (`smallcode serve` starts the built-in one), or correct the address.",
    )


def died(base_url: str, *, partial: ModelReply) -> StreamBroken:
    """The connection ended before the answer did."""
    return _broken(
        f"The server at {base_url} went away in the middle of its answer.",
        why=f"The connection ended after {len(partial.text)} characters.",
        hint="See whether it still runs; a server that ran out of memory dies like this.",
        partial=partial,
    )


def malformed(base_url: str, why: str, *, partial: ModelReply) -> StreamBroken:
    """What came is no stream of chat completion chunks."""
    return _broken(
        f"What answers at {base_url} does not speak the chat completions interface.",
        why=f"Instead of a stream of events {why[:_MAX_WORDS]}.",
        hint="Check the address: it usually ends in /v1.",
        partial=partial,
    )


def gave_up(base_url: str, message: str, *, partial: ModelReply) -> StreamBroken:
    """The server reported an error after it had begun to answer."""
    return _broken(
        f"The server at {base_url} gave up in the middle of its answer.",
        why=f"The server says: {message}",
        hint="See the server's log.",
        partial=partial,
    )


def _broken(what: str, *, why: str, hint: str, partial: ModelReply) -> StreamBroken:
    return StreamBroken(what, why=why, hint=hint, partial=partial)
