"""A stronger model that steps in after the first has failed: within a budget, and only if the person wants it.

This is the port: which of two models is asked, and what that costs. When to switch, and asking the person, is the
session's (`session/escalating.py`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from threading import Event
from typing import Literal

from smallcode_jupyter.models.masked import MaskedModel
from smallcode_jupyter.models.port import Model, OnDelta
from smallcode_jupyter.protocol.errors import ModelError, Problem
from smallcode_jupyter.protocol.messages import Message
from smallcode_jupyter.protocol.model import ModelInfo, ModelReply, ModelRequest, Usage

__all__ = ["EscalatingModel", "EscalationMode", "EscalationPolicy", "Price", "parse_price"]

EscalationMode = Literal["off", "ask", "auto"]
"""`ask`: the person is shown what would be sent, in each run. `auto`: without a question, within the budget."""
_MILLION = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """US dollars for a million tokens."""

    read: float
    written: float

    def of(self, *, read: int, written: int) -> float:
        """US dollars."""
        return (self.read * read + self.written * written) / _MILLION


def parse_price(text: str) -> Price | None:
    """The price that `3/15` means: dollars for a million tokens read, and written. None for an empty text.

    Raises ValueError for anything else.
    """
    if not text.strip():
        return None
    read, written = (float(part) for part in text.split("/"))
    if not (0 <= read < _MILLION and 0 <= written < _MILLION):
        raise ValueError(text)
    return Price(read=read, written=written)


@dataclass(frozen=True, slots=True, kw_only=True)
class EscalationPolicy:
    """When a stronger model is asked, and what it may cost in one run."""

    mode: EscalationMode = "off"
    after: int = 2
    """Answers of the first model that failed their checks, or could not be used."""
    tokens: int = 20_000
    """Read and written together."""
    dollars: float = 0.25
    """Holds only where the price is known."""
    price: Price | None = None
    """None: not known."""


class EscalatingModel:
    """A `Model`: the first one until `escalate`, then the stronger one as long as the budget lasts.

    Prompts are planned for the first model all along, so its `info` stays: a stronger one takes them as well.
    """

    def __init__(self, first: Model, *, open_stronger: Callable[[], Model], policy: EscalationPolicy) -> None:
        """`open_stronger` may raise a SmallCodeError; it is called once, when it is needed."""
        self._first = first
        self._open_stronger = open_stronger
        self._stronger: Model | None = None
        self._policy = policy
        self._carried = ""
        self._is_fresh = False
        self.is_escalated = False
        self.spent = Usage()
        """By the stronger model, in all."""
        self.problem: Problem | None = None
        """Why the first model is asked again; None while the stronger one is."""

    @property
    def info(self) -> ModelInfo:
        """Of the first model."""
        return self._first.info

    @property
    def stronger(self) -> Model:
        """The stronger model, opened at the first look. Raises SmallCodeError."""
        if self._stronger is None:
            self._stronger = self._open_stronger()
        return self._stronger

    @property
    def dollars(self) -> float | None:
        """Spent so far; None where the price is not known."""
        price = self._policy.price
        if price is None:
            return None
        return price.of(read=self.spent.prompt_tokens, written=self.spent.completion_tokens)

    def escalate(self, carried: str) -> None:
        """Ask the stronger model from now on. `carried` is said at the end of its first prompt: the best state yet."""
        self._carried, self._is_fresh, self.is_escalated = carried, True, True

    def retreat(self, problem: Problem) -> None:
        """Ask the first model again."""
        self.is_escalated, self.problem = False, problem

    def as_sent(self, request: ModelRequest, carried: str) -> ModelRequest:
        """The request as it would leave for the stronger model."""
        carrying = _with_words(request, carried)
        return self.stronger.as_sent(carrying) if isinstance(self.stronger, MaskedModel) else carrying

    def excess(self, request: ModelRequest) -> str:
        """Why the budget does not allow this question, or nothing."""
        read = self.spent.prompt_tokens + self._first.count_request(request)
        written = self.spent.completion_tokens + request.max_tokens
        if read + written > self._policy.tokens:
            return f"It could come to {read + written:,} tokens; {self._policy.tokens:,} are allowed."
        price = self._policy.price
        if price is not None and (dollars := price.of(read=read, written=written)) > self._policy.dollars:
            return f"It could come to ${dollars:.3f}; ${self._policy.dollars:g} are allowed."
        return ""

    def ask(self, request: ModelRequest, *, on_delta: OnDelta, cancel: Event) -> ModelReply:
        """See `Model.ask`. Where the budget is used up, or the stronger model fails, the first one answers instead."""
        # A question for one word costs the first model next to nothing.
        if not self.is_escalated or request.constraint is not None:
            return self._first.ask(request, on_delta=on_delta, cancel=cancel)
        carrying = _with_words(request, self._carried) if self._is_fresh else request
        if excess := self.excess(carrying):
            self.retreat(
                Problem(code="budget_spent", what="The budget for the stronger model is used up.", why=excess)
            )
            return self._first.ask(request, on_delta=on_delta, cancel=cancel)
        try:
            reply = self.stronger.ask(self._adapted(carrying), on_delta=on_delta, cancel=cancel)
        except ModelError as error:
            self.retreat(error.problem)
            return self._first.ask(request, on_delta=on_delta, cancel=cancel)
        self._is_fresh = False
        self.spent = replace(
            self.spent,
            prompt_tokens=self.spent.prompt_tokens + reply.usage.prompt_tokens,
            completion_tokens=self.spent.completion_tokens + reply.usage.completion_tokens,
            is_estimated=self.spent.is_estimated or reply.usage.is_estimated,
        )
        # Counts of another tokenizer, with words added: for the first model's prompts they are no measure.
        return replace(reply, usage=replace(reply.usage, is_estimated=True), cut=None)

    def count(self, texts: tuple[str, ...]) -> tuple[int, ...]:
        """See `Model.count`. By the first model's tokenizer: nothing is sent for counting."""
        return self._first.count(texts)

    def count_request(self, request: ModelRequest) -> int:
        """See `Model.count_request`. By the first model's tokenizer."""
        return self._first.count_request(request)

    def close(self) -> None:
        """Closes the stronger model only: the first one is its owner's."""
        if self._stronger is not None:
            self._stronger.close()

    def _adapted(self, request: ModelRequest) -> ModelRequest:
        """The first question in the stronger model's own way; later ones climb as they would have."""
        if not self._is_fresh:
            return request
        profile = self.stronger.info.profile
        return replace(request, temperature=profile.temperature, top_p=profile.top_p)


def _with_words(request: ModelRequest, words: str) -> ModelRequest:
    """The request with words after the person's last ones."""
    if not words:
        return request
    *before, last = request.messages
    if last.role == "user":
        return replace(request, messages=(*before, replace(last, content=f"{last.content}\n\n{words}")))
    return replace(request, messages=(*request.messages, Message(role="user", content=words)))
