"""What kinds of servers can do beyond the common interface."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from smallcode_jupyter.models.address import server_root
from smallcode_jupyter.models.constraints import Constrain, by_grammar, by_schema
from smallcode_jupyter.models.json_http import Answer, as_int, as_list, as_object, ask_json
from smallcode_jupyter.protocol.tools import Json

__all__ = ["ServerTraits", "Tokenizer", "traits_of"]

_TIMEOUT = 20.0
"""Seconds. A server that reads a long prompt on two cores answers late."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokenizer:
    """A server's own tokenizer. Both methods raise OSError where it gives no count."""

    base_url: str
    model: str
    api_key: str | None = None
    count: Callable[[Tokenizer, str], int]
    """Tokens of a plain text."""
    count_messages: Callable[[Tokenizer, list[Json], list[Json]], int]
    """Tokens of the whole prompt of messages and tools."""

    def post(self, path: str, body: dict[str, Json]) -> dict[str, Json]:
        """The server's answer to a JSON question at its root. Raises OSError unless it is an object."""
        url = server_root(self.base_url) + path
        answer: Answer = ask_json(url, body, timeout=_TIMEOUT, api_key=self.api_key)
        if not answer.is_ok or not isinstance(answer.body, dict):
            raise ConnectionError(f"{url} answers with HTTP status {answer.status}")
        return answer.body


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerTraits:
    """What one kind of server understands."""

    extra_body: Mapping[str, Json] = field(default_factory=dict)
    """Added to each request."""
    counters: (
        tuple[Callable[[Tokenizer, str], int], Callable[[Tokenizer, list[Json], list[Json]], int]] | None
    ) = None
    """How to count a text and a list of messages; None where the server has no tokenizer to ask."""

    samplers: tuple[str, ...] = ()
    """Which of `top_k` and `min_p` it takes; others refuse what they do not know."""
    constrain: Constrain | None = None
    """How it is told to keep an answer to a constraint; None where that is not known to work."""
    window_hint: str = "Start the server with a larger context."
    """How a person gives it a larger window."""

    def tokenizer(self, *, base_url: str, model: str, api_key: str | None) -> Tokenizer | None:
        """The server's tokenizer, or None."""
        if self.counters is None:
            return None
        count, count_messages = self.counters
        return Tokenizer(
            base_url=base_url, model=model, api_key=api_key, count=count, count_messages=count_messages
        )


def traits_of(server: str) -> ServerTraits:
    """The traits of a kind of server (`ModelInfo.server`); of an unknown one, none."""
    return _TRAITS.get(server, ServerTraits())


def _llama_count(tokenizer: Tokenizer, text: str) -> int:
    return len(as_list(tokenizer.post("/tokenize", {"content": text}).get("tokens")))


def _llama_count_messages(tokenizer: Tokenizer, messages: list[Json], tools: list[Json]) -> int:
    body: dict[str, Json] = {"messages": messages}
    if tools:
        body["tools"] = tools
    prompt = tokenizer.post("/apply-template", body).get("prompt")
    if not isinstance(prompt, str):
        raise ConnectionError("the server applied no chat template")
    tokens = tokenizer.post("/tokenize", {"content": prompt, "add_special": True, "parse_special": True})
    return len(as_list(tokens.get("tokens")))


def _vllm_count(tokenizer: Tokenizer, text: str) -> int:
    body: dict[str, Json] = {"model": tokenizer.model, "prompt": text, "add_special_tokens": False}
    return _vllm_number(tokenizer.post("/tokenize", body))


def _vllm_count_messages(tokenizer: Tokenizer, messages: list[Json], tools: list[Json]) -> int:
    body: dict[str, Json] = {"model": tokenizer.model, "messages": messages, "add_generation_prompt": True}
    if tools:
        body["tools"] = tools
    return _vllm_number(tokenizer.post("/tokenize", body))


def _vllm_number(answer: dict[str, Json]) -> int:
    if "count" not in as_object(answer):
        raise ConnectionError("the server gave no count")
    return as_int(answer["count"])


_LLAMA = ServerTraits(
    extra_body={"cache_prompt": True, "timings_per_token": True},
    counters=(_llama_count, _llama_count_messages),
    samplers=("top_k", "min_p"),
    constrain=by_grammar,
)
# `guided_choice` of vLLM became `structured_outputs`; its `response_format` is the same in every version.
# Ollama honours it since 0.5, LM Studio documents it for its own endpoint.
_TRAITS: dict[str, ServerTraits] = {
    "llama.cpp": _LLAMA,
    "embedded": _LLAMA,
    "vllm": ServerTraits(
        counters=(_vllm_count, _vllm_count_messages),
        samplers=("top_k", "min_p"),
        constrain=by_schema,
    ),
    "ollama": ServerTraits(
        constrain=by_schema,
        window_hint="Start Ollama with OLLAMA_CONTEXT_LENGTH=8192, or set `num_ctx` in the model's Modelfile.",
    ),
    "lmstudio": ServerTraits(
        samplers=("top_k",),
        constrain=by_schema,
        window_hint="Load the model in LM Studio with a larger context length.",
    ),
}
