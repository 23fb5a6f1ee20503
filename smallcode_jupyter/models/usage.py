"""Tokens of one answer, as the server itself reports them, in any of the shapes that servers use."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

from smallcode_jupyter.models.counting import estimate_tokens
from smallcode_jupyter.models.json_http import as_int, as_list, as_object, as_text
from smallcode_jupyter.protocol.tools import Json

__all__ = ["Tally", "Usage", "estimate_prompt"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """What one answer cost."""

    prompt_tokens: int = 0
    """Cached ones included."""
    cached_tokens: int = 0
    completion_tokens: int = 0


@dataclass(slots=True)
class Tally:
    """Adds up an answer piece by piece; an answer that was broken off is counted as far as it came."""

    estimated_prompt: int
    """Taken where the server never says."""
    reported: Usage | None = None
    timed: Usage | None = None
    deltas: int = 0
    """Pieces of text: a token each on llama.cpp."""
    _keys: dict[str, int] = field(default_factory=dict)

    @property
    def usage(self) -> Usage:
        """What the server reported, else its timings, else what was seen."""
        seen = Usage(prompt_tokens=self.estimated_prompt, completion_tokens=self.deltas)
        return self.reported or self.timed or seen

    def add(self, value: Json) -> None:
        """One event of a stream, or the body of a whole answer."""
        body = as_object(value)
        holders = (body, as_object(body.get("response")), as_object(body.get("message")))
        for holder in holders:
            self._add_usage(as_object(holder.get("usage")))
        timings = as_object(body.get("timings"))
        if "predicted_n" in timings:
            cached = as_int(timings.get("cache_n"))
            self.timed = Usage(
                prompt_tokens=as_int(timings.get("prompt_n")) + cached,
                cached_tokens=cached,
                completion_tokens=as_int(timings.get("predicted_n")),
            )
        self.deltas += _has_text(body)

    def _add_usage(self, usage: dict[str, Json]) -> None:
        """OpenAI's chat names, or those of its responses and of Anthropic, which come in two pieces."""
        for name, other in (("prompt_tokens", "input_tokens"), ("completion_tokens", "output_tokens")):
            found = as_int(usage.get(name)) or as_int(usage.get(other))
            self._keys[name] = max(self._keys.get(name, 0), found)
        details = as_object(usage.get("prompt_tokens_details")) or as_object(
            usage.get("input_tokens_details")
        )
        cached = as_int(details.get("cached_tokens"))
        self._keys["cached_tokens"] = max(self._keys.get("cached_tokens", 0), cached)
        if usage and self._keys["prompt_tokens"]:
            self.reported = Usage(**self._keys)


def _has_text(body: dict[str, Json]) -> bool:
    for choice in as_list(body.get("choices")):
        delta = as_object(as_object(choice).get("delta"))
        if any(delta.get(name) for name in ("content", "reasoning_content", "reasoning", "tool_calls")):
            return True
        if as_text(as_object(choice).get("text")):
            return True
    return bool(as_text(body.get("content"))) or bool(as_text(body.get("delta")))


def estimate_prompt(body: dict[str, Json]) -> int:
    """A guess at the prompt of a request, for an answer that was broken off before the server counted it."""
    return estimate_tokens(json.dumps([body.get(name) for name in ("messages", "prompt", "input", "tools")]))
