"""A model that answers from a script: for tests, and for trying the interface without a server."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from threading import Event
from time import monotonic

from smallcode_jupyter.models.port import Delta, OnDelta
from smallcode_jupyter.protocol.errors import ContextOverflow, RequestRefused, SmallCodeError
from smallcode_jupyter.protocol.model import (
    FinishReason,
    ModelInfo,
    ModelProfile,
    ModelReply,
    ModelRequest,
    Usage,
)

__all__ = ["SCRIPTED_PROFILE", "ScriptedModel", "replay", "split_words"]

SCRIPTED_PROFILE = ModelProfile(name="scripted")
_WORD = re.compile(r"\s*[^\W\d_]+|\s*\d|\s*[^\w\s]|\s*_+|\s+")


def split_words(text: str) -> tuple[str, ...]:
    """The text in the pieces that count as its tokens; joined again they give the text."""
    return tuple(_WORD.findall(text))


class ScriptedModel:
    """A `Model` that gives its replies in order and keeps the requests in `requests`.

    A text or a ModelReply is streamed word by word, an exception is raised. Counts are those of `split_words`; the
    prompt cache of a server is imitated, so `cached_tokens` shows whether the prompts kept their beginning.
    """

    def __init__(
        self,
        replies: Sequence[str | ModelReply | SmallCodeError],
        *,
        info: ModelInfo | None = None,
        delay: float = 0.0,
    ) -> None:
        """`delay` is in seconds before each word."""
        self.requests: list[ModelRequest] = []
        self.info = info or ModelInfo(
            name="scripted",
            base_url="",
            server="scripted",
            context_window=8_192,
            is_window_known=True,
            profile=SCRIPTED_PROFILE,
            has_tokenizer=True,
        )
        self._replies = tuple(replies)
        self._delay = delay
        self._cache: tuple[str, ...] = ()

    def ask(self, request: ModelRequest, *, on_delta: OnDelta, cancel: Event) -> ModelReply:
        """The next reply. Raises RequestRefused when the script is at its end."""
        number = len(self.requests)
        self.requests.append(request)
        prompt = split_words(_prompt(request))
        if len(prompt) > self.info.context_window:
            raise ContextOverflow(
                "The prompt does not fit into the window of the scripted model.",
                why=f"It has {len(prompt)} tokens, the window {self.info.context_window}.",
                hint="Ask about less.",
            )
        if number >= len(self._replies):
            raise RequestRefused(
                f"The scripted model was asked {number + 1} times.",
                why=f"Its script has {len(self._replies)} replies.",
                hint="Write a longer script.",
            )
        scripted = self._replies[number]
        if isinstance(scripted, SmallCodeError):
            raise scripted
        reply = ModelReply(text=scripted) if isinstance(scripted, str) else scripted
        return self._give(reply, request, prompt, on_delta=on_delta, cancel=cancel)

    def count(self, texts: tuple[str, ...]) -> tuple[int, ...]:
        """Words and marks."""
        return tuple(len(split_words(text)) for text in texts)

    def count_request(self, request: ModelRequest) -> int:
        """Words and marks of the prompt that is sent."""
        return len(split_words(_prompt(request)))

    def close(self) -> None:
        """Nothing to give back."""

    def _give(
        self,
        reply: ModelReply,
        request: ModelRequest,
        prompt: tuple[str, ...],
        *,
        on_delta: OnDelta,
        cancel: Event,
    ) -> ModelReply:
        given = replay(
            reply, on_delta=on_delta, cancel=cancel, delay=self._delay, max_tokens=request.max_tokens
        )
        cached = _shared(self._cache, prompt)
        self._cache = prompt + split_words(given.text)
        if reply.usage != Usage():
            return replace(given, usage=reply.usage)
        counts = replace(given.usage, prompt_tokens=len(prompt), cached_tokens=min(cached, len(prompt) - 1))
        return replace(given, usage=counts)


def replay(
    reply: ModelReply, *, on_delta: OnDelta, cancel: Event, delay: float = 0.0, max_tokens: int | None = None
) -> ModelReply:
    """Stream a whole reply as if it came now; what the listener let through, with only its own counts filled in."""
    started = monotonic()
    words = [Delta(text=word, is_reasoning=True) for word in split_words(reply.reasoning)]
    words += [Delta(text=word) for word in split_words(reply.text)]
    reason: FinishReason | None = None
    taken: list[Delta] = []
    for word in words:
        if _is_cancelled(cancel, delay):
            reason = "cancelled"
            break
        if max_tokens is not None and len(taken) >= max_tokens:
            reason = "length"
            break
        taken.append(word)
        if not on_delta(word):
            reason = "guard"
            break
    if reason is None and cancel.is_set():
        reason = "cancelled"
    return ModelReply(
        text="".join(word.text for word in taken if not word.is_reasoning),
        reasoning="".join(word.text for word in taken if word.is_reasoning),
        native_calls=reply.native_calls if reason is None else (),
        finish_reason=reason or reply.finish_reason,
        usage=Usage(completion_tokens=len(taken), seconds=monotonic() - started),
    )


def _is_cancelled(cancel: Event, delay: float) -> bool:
    return cancel.wait(delay) if delay else cancel.is_set()


def _prompt(request: ModelRequest) -> str:
    parts = [json.dumps(tool.schema()) for tool in request.tools]
    for message in request.messages:
        calls = "".join(f"{call.name} {json.dumps(dict(call.arguments))}" for call in message.calls)
        parts.append(f"<{message.role}>{message.content}{calls}")
    return "\n".join([*parts, "<assistant>"])


def _shared(before: Sequence[str], now: Sequence[str]) -> int:
    """How many of the first words are the same."""
    length = min(len(before), len(now))
    return next((i for i in range(length) if before[i] != now[i]), length)
