"""Asking a model: the request, the reply, what it cost, and what is known of the model."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from smallcode_jupyter.protocol.errors import Problem
from smallcode_jupyter.protocol.messages import Message
from smallcode_jupyter.protocol.tools import Json, ToolSpec

__all__ = [
    "Constraint",
    "CutPrompt",
    "EditFormat",
    "FinishReason",
    "JsonSchema",
    "ModelInfo",
    "ModelProfile",
    "ModelReply",
    "ModelRequest",
    "NativeCall",
    "OneOf",
    "ToolProtocol",
    "Usage",
]

ToolProtocol = Literal["native", "json", "blocks"]
"""How a model is asked: the server's native tool calls, JSON in text, or plain fenced blocks with a path."""
EditFormat = Literal["whole", "search_replace", "definitions"]
"""A whole file, search and replace blocks, or only the functions and classes of a Python file that change."""
FinishReason = Literal["stop", "length", "tool_calls", "guard", "cancelled"]
"""`guard`: the harness ended the answer because it could not become valid (say, endless repetition)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelProfile:
    """How a family of models is best asked. Facts live in `models/profiles.toml`."""

    name: str
    tool_protocol: ToolProtocol = "blocks"
    edit_format: EditFormat = "whole"
    temperature: float = 0.0
    """Of the first attempt. Later attempts climb `temperature_steps`."""
    temperature_steps: tuple[float, ...] = (0.5, 0.8, 1.0)
    top_p: float | None = None
    top_k: int | None = None
    min_p: float | None = None
    """Like `top_k`, sent only to servers that know it. None: the server's own."""
    stop: tuple[str, ...] = ()
    reasoning_tags: tuple[str, ...] = ("think",)
    """Tags around reasoning that must not be parsed as the answer."""
    has_system_role: bool = True
    """Whether its chat template has messages of the system; else they are put before the person's first words."""
    has_tool_role: bool = True
    """Whether its template has calls and their results; else they are sent as text."""
    has_parallel_calls: bool = True
    """Whether its template takes several calls in one message; else they are sent one by one."""
    whole_file_lines: int = 150
    """Longer files are changed by search and replace instead of being written again."""
    is_probed: bool = False
    """Whether a probe of this very model set the protocol and the edit format."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelInfo:
    """A model on a server, as found."""

    name: str
    base_url: str
    server: str
    """`llama.cpp`, `ollama`, `lmstudio`, `vllm`, `embedded`, `scripted`, `openai-compatible`."""
    context_window: int
    """Tokens, as the server says; a cautious assumption where it does not."""
    is_window_known: bool
    """False if the server did not say and `context_window` is an assumption."""
    profile: ModelProfile
    device: str = ""
    """Where it runs, e.g. `CPU, 2 threads`; empty if not known."""
    fingerprint: str = ""
    """What tells its weights from others of the same name, as the server says it: a hash, a size; else empty."""
    has_tokenizer: bool = False
    """Whether tokens are counted by the server; else they are estimated."""
    tokens_per_estimate: float | None = None
    """How many tokens the server has counted for each estimated one, at most; None before it has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OneOf:
    """The answer is one of these texts and nothing else."""

    choices: tuple[str, ...]
    type: Literal["one-of"] = "one-of"


@dataclass(frozen=True, slots=True, kw_only=True)
class JsonSchema:
    """The answer is JSON that fits a schema."""

    schema: Mapping[str, Json]
    type: Literal["json-schema"] = "json-schema"


Constraint = OneOf | JsonSchema


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelRequest:
    """One question to the model."""

    messages: tuple[Message, ...]
    tools: tuple[ToolSpec, ...] = ()
    """Only for native tool calls."""
    temperature: float = 0.0
    top_p: float | None = None
    max_tokens: int = 1024
    stop: tuple[str, ...] = ()
    seed: int | None = None
    constraint: Constraint | None = None
    """What the server holds the answer to while it is written, where it can. Many cannot, and some put quotation marks
    around a text: read the answer with care all the same. None: anything may be answered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """Tokens and times of one answer, from the server's counters."""

    prompt_tokens: int = 0
    completion_tokens: int = 0
    cached_tokens: int = 0
    """Prompt tokens that the server had in its cache and did not read again."""
    seconds: float = 0.0
    """Wall time from sending to the last byte."""
    first_token_seconds: float = 0.0
    is_estimated: bool = False
    """True where the server reported no counts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NativeCall:
    """A tool call as the server reported it; `arguments` is raw text, perhaps not valid JSON."""

    id: str
    name: str
    arguments: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CutPrompt:
    """The server read less than it was sent, and did not say so."""

    window: int
    """Tokens that it really takes, as far as can be told."""
    problem: Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelReply:
    """One whole answer."""

    text: str
    reasoning: str = ""
    native_calls: tuple[NativeCall, ...] = ()
    finish_reason: FinishReason = "stop"
    usage: Usage = Usage()
    cut: CutPrompt | None = None
    """Set where this answers only a part of the prompt."""
