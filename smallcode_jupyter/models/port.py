"""What the driver needs of a model; every adapter provides it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from threading import Event
from typing import Protocol

from smallcode_jupyter.protocol.model import ModelInfo, ModelReply, ModelRequest

__all__ = ["Delta", "Model", "OnDelta"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Delta:
    """A piece of an answer as it arrives."""

    text: str
    is_reasoning: bool = False


OnDelta = Callable[[Delta], bool]
"""Called for each piece, in order; False ends the answer (its `finish_reason` is then `guard`)."""


class Model(Protocol):
    """A model that can be asked. Thread-safe for one question at a time."""

    @property
    def info(self) -> ModelInfo:
        """What was found out about it when it was opened."""

    def ask(self, request: ModelRequest, *, on_delta: OnDelta, cancel: Event) -> ModelReply:
        """The whole answer.

        Setting `cancel` from any thread closes the stream within 0.2 s; the reply then holds what had come, with
        `finish_reason` `cancelled`. Raises a ModelError; a StreamBroken carries the partial reply as `.partial`.
        """

    def count(self, texts: tuple[str, ...]) -> tuple[int, ...]:
        """Tokens of each text by the server's tokenizer, or a cautious estimate where it has none."""

    def count_request(self, request: ModelRequest) -> int:
        """Tokens of the whole prompt with the chat template, exact where the server can tell, never too low."""

    def close(self) -> None:
        """Give back connections. May be called twice."""
