"""A model on another machine: no secret is sent to it, and what it answers has the secrets back in their places."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace
from threading import Event

from smallcode_jupyter.models.openai_compat import OpenAICompatModel
from smallcode_jupyter.models.port import OnDelta
from smallcode_jupyter.protocol.messages import Message
from smallcode_jupyter.protocol.model import ModelInfo, ModelReply, ModelRequest
from smallcode_jupyter.protocol.secrets import Masks, is_secret_name
from smallcode_jupyter.protocol.tools import Json

__all__ = ["MaskedModel", "secrets_of_environment"]

_LEAST_LENGTH = 8
"""Characters. Shorter values of the environment stand in too many words."""


def secrets_of_environment() -> tuple[str, ...]:
    """Values of the variables whose names suggest secrets, the longest first."""
    values = {
        value for name, value in os.environ.items() if is_secret_name(name) and len(value) >= _LEAST_LENGTH
    }
    return tuple(sorted(values, key=len, reverse=True))


class MaskedModel:
    """A `Model` round another. Deltas keep the masks: what is shown while it streams is what was really sent."""

    def __init__(self, model: OpenAICompatModel, *, known: tuple[str, ...] = ()) -> None:
        """`known` are secrets whatever they look like."""
        self._model = model
        self._masks = Masks(known)

    @property
    def info(self) -> ModelInfo:
        """See `Model.info`."""
        return self._model.info

    @property
    def unmasked(self) -> OpenAICompatModel:
        """The model behind, for questions that hold nothing of the person's."""
        return self._model

    @property
    def masked(self) -> int:
        """Different secrets that were kept back so far."""
        return self._masks.count

    def warm(self) -> None:
        """See `OpenAICompatModel.warm`."""
        self._model.warm()

    def ask(self, request: ModelRequest, *, on_delta: OnDelta, cancel: Event) -> ModelReply:
        """See `Model.ask`. A mask that was never given stays in the answer; no tool writes it into a file."""
        reply = self._model.ask(self.as_sent(request), on_delta=on_delta, cancel=cancel)
        unmask = self._masks.unmask
        return replace(
            reply,
            text=unmask(reply.text),
            reasoning=unmask(reply.reasoning),
            native_calls=tuple(
                replace(call, arguments=unmask(call.arguments)) for call in reply.native_calls
            ),
        )

    def as_sent(self, request: ModelRequest) -> ModelRequest:
        """The request as it leaves this machine."""
        return replace(request, messages=tuple(map(self._masked, request.messages)))

    def count(self, texts: tuple[str, ...]) -> tuple[int, ...]:
        """See `Model.count`."""
        return self._model.count(tuple(map(self._masks.mask, texts)))

    def count_request(self, request: ModelRequest) -> int:
        """See `Model.count_request`."""
        return self._model.count_request(self.as_sent(request))

    def close(self) -> None:
        """See `Model.close`."""
        self._model.close()

    def _masked(self, message: Message) -> Message:
        calls = tuple(replace(call, arguments=self._masked_object(call.arguments)) for call in message.calls)
        return replace(message, content=self._masks.mask(message.content), calls=calls)

    def _masked_object(self, value: Mapping[str, Json]) -> dict[str, Json]:
        # A name and its text stand apart here, so the name is judged by itself.
        return {
            name: self._masks.mask_value(name, item) if isinstance(item, str) else self._masked_json(item)
            for name, item in value.items()
        }

    def _masked_json(self, value: Json) -> Json:
        match value:
            case str():
                return self._masks.mask(value)
            case list():
                return [self._masked_json(item) for item in value]
            case dict():
                return self._masked_object(value)
            case _:
                return value
