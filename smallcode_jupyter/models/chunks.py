"""The pieces of a streamed answer, put together."""

from __future__ import annotations

from dataclasses import dataclass

from smallcode_jupyter.models.json_http import as_int, as_list, as_object, as_text
from smallcode_jupyter.models.port import Delta
from smallcode_jupyter.protocol.model import FinishReason, ModelReply, NativeCall, Usage
from smallcode_jupyter.protocol.tools import Json

__all__ = ["NotAChunk", "ReplyBuilder"]

_FINISH: dict[str, FinishReason] = {
    "stop": "stop",
    "length": "length",
    "tool_calls": "tool_calls",
    "function_call": "tool_calls",
}
_SPARE_PIECES = 64
_CHARACTERS_PER_TOKEN = 64


class NotAChunk(ValueError):
    """A piece that no OpenAI-compatible server would send."""


@dataclass(slots=True)
class _Call:
    id: str = ""
    name: str = ""
    arguments: str = ""


class ReplyBuilder:
    """Takes the chunks of one answer in order. `add` raises NotAChunk; nothing else fails."""

    def __init__(self, *, max_tokens: int) -> None:
        self._max_tokens = max_tokens
        self._text: list[str] = []
        self._reasoning: list[str] = []
        self._calls: list[_Call] = []
        self._by_index: dict[int, _Call] = {}
        self._pieces = 0
        self._characters = 0
        self._usage: Usage | None = None
        self.finish_reason: FinishReason | None = None
        """None until the server said why it stopped."""
        self.chunks = 0
        """Chunks taken so far."""

    def add(self, chunk: Json) -> tuple[Delta, ...]:
        """Take the next chunk; what of it is to be shown, in order."""
        if not isinstance(chunk, dict) or not ("choices" in chunk or "usage" in chunk):
            raise NotAChunk(str(chunk)[:200])
        self.chunks += 1
        self._read_usage(chunk)
        choices = as_list(chunk.get("choices"))
        if not choices:
            return ()
        choice = as_object(choices[0])
        reason = as_text(choice.get("finish_reason"))
        if reason:
            self.finish_reason = _FINISH.get(reason, "stop")
        return self._read_delta(as_object(choice.get("delta")))

    @property
    def is_over_limit(self) -> bool:
        """Whether the server sends more than it was allowed to: it ignores `max_tokens`."""
        limit = self._max_tokens + _SPARE_PIECES
        return self._pieces > limit or self._characters > limit * _CHARACTERS_PER_TOKEN

    def reply(self, *, finish_reason: FinishReason, estimated_prompt: int, estimate: int) -> ModelReply:
        """What has come so far; the estimates are used where the server reported no counts."""
        usage = self._usage
        if usage is None:
            usage = Usage(prompt_tokens=estimated_prompt, completion_tokens=estimate, is_estimated=True)
        return ModelReply(
            text=self.text,
            reasoning="".join(self._reasoning),
            native_calls=tuple(
                NativeCall(id=call.id or f"native_{number}", name=call.name, arguments=call.arguments)
                for number, call in enumerate(self._calls, start=1)
            ),
            finish_reason=finish_reason,
            usage=usage,
        )

    @property
    def text(self) -> str:
        """The answer so far."""
        return "".join(self._text)

    @property
    def written(self) -> str:
        """All the model wrote so far, in whatever field."""
        calls = "".join(call.name + call.arguments for call in self._calls)
        return self.text + "".join(self._reasoning) + calls

    def _read_delta(self, delta: dict[str, Json]) -> tuple[Delta, ...]:
        reasoning = as_text(delta.get("reasoning_content")) or as_text(delta.get("reasoning"))
        text = as_text(delta.get("content"))
        calls = as_list(delta.get("tool_calls"))
        for fragment in calls:
            self._read_call(as_object(fragment))
        if reasoning or text or calls:
            self._pieces += 1
        self._characters += len(reasoning) + len(text)
        shown: list[Delta] = []
        if reasoning:
            self._reasoning.append(reasoning)
            shown.append(Delta(text=reasoning, is_reasoning=True))
        if text:
            self._text.append(text)
            shown.append(Delta(text=text))
        return tuple(shown)

    def _read_call(self, fragment: dict[str, Json]) -> None:
        index = as_int(fragment.get("index"))
        call_id = as_text(fragment.get("id"))
        function = as_object(fragment.get("function"))
        name = as_text(function.get("name"))
        call = self._by_index.get(index)
        # Ollama numbers every call of an answer 0: a new name under a new id is another call.
        if call is None or (name and call_id and call.id and call_id != call.id):
            call = self._by_index[index] = _Call()
            self._calls.append(call)
        call.id = call.id or call_id
        if name != call.name:
            call.name += name
        arguments = function.get("arguments")
        call.arguments += arguments if isinstance(arguments, str) else ""
        self._characters += len(as_text(arguments))

    def _read_usage(self, chunk: dict[str, Json]) -> None:
        usage = as_object(chunk.get("usage"))
        timings = as_object(chunk.get("timings"))
        if usage:
            details = as_object(usage.get("prompt_tokens_details"))
            self._usage = Usage(
                prompt_tokens=as_int(usage.get("prompt_tokens")),
                completion_tokens=as_int(usage.get("completion_tokens")),
                cached_tokens=as_int(details.get("cached_tokens")) or as_int(timings.get("cache_n")),
            )
        elif timings:
            # llama.cpp counts on along the way, so an answer that was cut off has true counts too.
            cached = as_int(timings.get("cache_n"))
            self._usage = Usage(
                prompt_tokens=cached + as_int(timings.get("prompt_n")),
                completion_tokens=as_int(timings.get("predicted_n")),
                cached_tokens=cached,
            )
