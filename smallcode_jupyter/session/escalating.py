"""When a stronger model is asked, and asking the person first: a wrapper round the performer of a run's effects."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from smallcode_jupyter.agent.prompts import render
from smallcode_jupyter.models.address import Target, target_of
from smallcode_jupyter.models.discovery import discover
from smallcode_jupyter.models.escalation import EscalatingModel, EscalationPolicy, parse_price
from smallcode_jupyter.models.grants import Grants
from smallcode_jupyter.models.masked import MaskedModel, secrets_of_environment
from smallcode_jupyter.models.openai_compat import OpenAICompatModel
from smallcode_jupyter.models.port import Model
from smallcode_jupyter.models.profiles import profile_for
from smallcode_jupyter.models.providers import Provider, provider_of
from smallcode_jupyter.models.settings import ModelSettings
from smallcode_jupyter.protocol.changes import ChangeSet
from smallcode_jupyter.protocol.checks import CheckReport
from smallcode_jupyter.protocol.effects import (
    Answer,
    AskModel,
    AskUser,
    Effect,
    GatherContext,
    Reply,
    RunCheck,
    RunTool,
)
from smallcode_jupyter.protocol.errors import ConfigError, Problem, SmallCodeError
from smallcode_jupyter.protocol.events import Notice, UserAnswered, UserAsked
from smallcode_jupyter.protocol.model import ModelInfo, ModelReply, ModelRequest
from smallcode_jupyter.protocol.tasks import Context
from smallcode_jupyter.protocol.tools import ToolResult
from smallcode_jupyter.session.config import Settings
from smallcode_jupyter.session.drive import Emit, Perform
from smallcode_jupyter.session.remote import admit_address, require_unlocked

__all__ = ["Escalation"]

_WINDOW = 32_768
"""Tokens, of a service that does not say its window: prompts are planned for the first model anyway."""
_MOST_NAMED = 12
"""Files that the question names."""
_LEAST_LINES = 3
"""Lines of a source in the prompt that count as its being sent."""


class Escalation:
    """One run's escalation. `wrapped` is given the model, `around` the performer; both do nothing where it is off."""

    def __init__(
        self,
        settings: Settings,
        *,
        state: Path,
        ask: Callable[[AskUser], Answer],
        changes: Callable[[], ChangeSet],
    ) -> None:
        """`changes` are those staged now. Raises ConfigError where the settings do not fit together."""
        self._settings = settings
        self._state = state
        self._ask = ask
        self._changes = changes
        self._policy = _policy_of(settings)
        self._provider = _provider_of(settings)
        self._model: EscalatingModel | None = None
        self._perform: Perform | None = None
        self._sources: dict[str, str] = {}
        self._failures = 0
        self._is_answered = False
        """Whether an answer came since the last check."""
        self._is_unused = False
        """Whether the last answer led to nothing: no tool ran that worked, nothing was checked."""
        self._is_settled = False
        self._best: tuple[tuple[int, float], str, str] | None = None

    def wrapped(self, first: Model) -> Model:
        """The model to ask."""
        if self._provider is None:
            return first
        self._model = EscalatingModel(first, open_stronger=self._open, policy=self._policy)
        return self._model

    def around(self, perform: Perform) -> Perform:
        """The performer to drive with."""
        if self._provider is None:
            return perform
        self._perform = perform
        return self

    def __call__(self, effect: Effect, emit: Emit) -> Reply:
        """See `Perform`."""
        assert self._perform is not None
        if isinstance(effect, AskModel) and effect.request.constraint is None:
            return self._ask_model(effect, emit, self._perform)
        reply = self._perform(effect, emit)
        match effect, reply:
            case GatherContext(), Context():
                self._sources |= {item.name: item.text for item in reply.items}
            case RunTool(), ToolResult():
                self._sources[f"result of {effect.call.name}"] = reply.content
                self._is_unused = self._is_unused and reply.status == "error"
            case RunCheck(), CheckReport():
                self._note_check(reply)
        return reply

    def needs_main_thread(self, effect: Effect) -> bool:
        """The person is asked there."""
        assert self._perform is not None
        is_offer = isinstance(effect, AskModel) and effect.request.constraint is None and self._is_due()
        return is_offer or self._perform.needs_main_thread(effect)

    def _note_check(self, report: CheckReport) -> None:
        if not self._is_answered:
            return  # of the state as it was found
        self._is_answered = self._is_unused = False
        if report.status != "failed":
            self._is_settled = True  # further questions compare answers that work
            return
        self._failures += 1
        if self._best is None or report.score > self._best[0]:
            failure = report.first_failure.detail if report.first_failure else ""
            self._best = (report.score, _attempt(self._changes()), failure)

    def _is_due(self) -> bool:
        failures = self._failures + self._is_unused
        is_open = self._model is not None and not self._model.is_escalated and not self._is_settled
        return is_open and failures >= self._policy.after

    def _ask_model(self, effect: AskModel, emit: Emit, perform: Perform) -> Reply:
        model = self._model
        if model is not None and self._is_due():
            self._offer(effect.request, model, emit)
        self._failures += self._is_unused
        self._is_answered = self._is_unused = True
        was_escalated = model is not None and model.is_escalated
        reply = perform(effect, emit)
        if model is not None and was_escalated and isinstance(reply, ModelReply):
            emit(Notice(level="info", problem=_cost(model, reply)))
        return reply

    def _offer(self, request: ModelRequest, model: EscalatingModel, emit: Emit) -> None:
        """Switch, if the person wants it; else this run stays with the first model. Never raises SmallCodeError."""
        self._is_settled = True

        def ask(question: AskUser) -> Answer:
            emit(UserAsked(question=question.question, choices=question.choices))
            answer = self._ask(question)
            emit(UserAnswered(choice=answer.choice))
            return answer

        try:
            self._admit(ask)
            carried = self._carried()
            sent = model.as_sent(request, carried)
            if excess := model.excess(sent):
                emit(_note("too_dear", "The stronger model is not asked.", why=excess))
                return
            told = self._told(sent, model)
            if self._policy.mode == "ask" and not _agrees(ask, told, sent):
                emit(_note("not_escalated", "The stronger model is not asked.", why="That was not wanted."))
                return
        except SmallCodeError as error:
            emit(Notice(level="warning", problem=error.problem))
            return
        model.escalate(carried)
        emit(_note("escalated", told))

    def _admit(self, ask: Callable[[AskUser], Answer]) -> None:
        assert self._provider is not None
        require_unlocked(self._settings, self._provider.base_url)
        admit_address(
            self._provider.base_url,
            self._provider.key(self._settings.stronger_key),
            allowed_hosts=self._settings.allowed_hosts,
            state=self._state,
            ask=ask,
        )

    def _carried(self) -> str:
        if self._best is None or not self._best[1]:
            return ""
        return render(
            "carried", attempt=self._best[1], failure=self._best[2] or "It did not pass its checks."
        )

    def _told(self, sent: ModelRequest, model: EscalatingModel) -> str:
        """What leaves for whom, and what it may cost."""
        assert self._provider is not None
        target, info = target_of(self._provider.base_url), model.stronger.info
        read, policy = model.count_request(sent), self._policy
        price = "its price is not known here"
        if policy.price is not None:
            dollars = policy.price.of(read=read, written=sent.max_tokens)
            price = f"at most ${dollars:.4f}, ${policy.dollars:g} in this run"
        failed = f"{self._failures + self._is_unused} answers failed"
        where = "a server of this machine" if target.is_here else f"{target.host}, not on this machine"
        masked = _masked(model)
        return (
            f"{model.info.name}: {failed}. {info.name} on {where} is next: about {read:,} tokens go there"
            f"{masked} ({self._parts(sent)}), up to {sent.max_tokens:,} come back; {price}, "
            f"{policy.tokens:,} tokens in this run."
        )

    def _parts(self, sent: ModelRequest) -> str:
        """Files and other sources with how many of their lines are in the prompt."""
        lines = {line.strip() for message in sent.messages for line in message.content.splitlines()} - {""}
        parts = ["your words"]
        for name, text in self._sources.items():
            own = [line.strip() for line in text.splitlines() if line.strip()]
            count = sum(line in lines for line in own)
            if count and count >= min(_LEAST_LINES, len(own)):
                parts.append(f"{name}: {count} of {len(own)} lines")
        more = [f"and {len(parts) - _MOST_NAMED} more"] if len(parts) > _MOST_NAMED else []
        return "; ".join([*parts[:_MOST_NAMED], *more])

    def _open(self) -> Model:
        provider = self._provider
        assert provider is not None
        key, name = provider.key(self._settings.stronger_key), self._settings.stronger_model
        target = target_of(provider.base_url)
        if not provider.name:
            allowed = (*self._settings.allowed_hosts, *Grants(self._state).origins())
            return discover(
                ModelSettings(model=name, base_url=provider.base_url, api_key=key, allowed=allowed)
            )
        info = ModelInfo(
            name=name or "",
            base_url=provider.base_url,
            server=provider.name,
            context_window=_WINDOW,
            is_window_known=False,
            profile=profile_for(name or ""),
        )
        return _masked_if_far(OpenAICompatModel(info, api_key=key), target, key)


def _masked_if_far(model: OpenAICompatModel, target: Target, key: str | None) -> Model:
    return (
        model
        if target.is_here
        else MaskedModel(model, known=(*((key,) if key else ()), *secrets_of_environment()))
    )


def _masked(model: EscalatingModel) -> str:
    masked = model.stronger.masked if isinstance(model.stronger, MaskedModel) else 0
    return f", {masked} secret{'s' * (masked != 1)} masked" if masked else ""


def _attempt(changes: ChangeSet) -> str:
    """The new texts of what was changed, each in a fence with its name."""
    fence = "```"
    texts = ((change.path, change.after) for change in changes.files if change.after is not None)
    return "\n\n".join(f"{fence} {path}\n{text.rstrip()}\n{fence}" for path, text in texts)


def _agrees(ask: Callable[[AskUser], Answer], told: str, sent: ModelRequest) -> bool:
    asked = AskUser(question=f"{told} Ask it?", choices=("yes", "no", "show"), default="no")
    choice = ask(asked).choice
    if choice == "show":
        text = "\n\n".join(f"{message.role}: {message.content}" for message in sent.messages)
        choice = ask(AskUser(question=f"{text}\n\nSend this?", choices=("yes", "no"), default="no")).choice
    return choice == "yes"


def _cost(model: EscalatingModel, reply: ModelReply) -> Problem:
    if model.problem is not None:
        return model.problem
    name, usage, spent = model.stronger.info.name, reply.usage, model.spent
    dollars = "" if model.dollars is None else f", ${model.dollars:.4f}"
    return Problem(
        code="asked_stronger",
        what=f"{name} read {usage.prompt_tokens:,} and wrote {usage.completion_tokens:,} tokens.",
        why=f"In this run so far: {spent.prompt_tokens + spent.completion_tokens:,} tokens{dollars}.",
    )


def _note(code: str, what: str, *, why: str = "") -> Notice:
    return Notice(level="info", problem=Problem(code=code, what=what, why=why))


def _policy_of(settings: Settings) -> EscalationPolicy:
    try:
        price = parse_price(settings.stronger_price)
    except ValueError as error:
        raise ConfigError(
            f"The setting stronger_price cannot be {settings.stronger_price!r}.",
            hint="Write dollars for a million tokens read and written, as 3/15.",
        ) from error
    return EscalationPolicy(
        mode=settings.escalate,
        after=max(1, settings.escalate_after),
        tokens=settings.escalate_tokens,
        dollars=settings.escalate_dollars,
        price=price,
    )


def _provider_of(settings: Settings) -> Provider | None:
    """Whom to ask; None where that is off. Raises ConfigError where it is on and nobody is named."""
    if settings.escalate == "off":
        return None
    if not settings.stronger_url:
        raise ConfigError(
            "The setting escalate is on, but no stronger model is named.",
            hint="Set stronger_url (an address, or anthropic, openai, deepseek, openrouter) and stronger_model.",
        )
    provider = provider_of(settings.stronger_url)
    if provider.name and not settings.stronger_model:
        raise ConfigError(
            f"Which model of {provider.name} is to be asked is not said.",
            hint="Set stronger_model to its name.",
        )
    return provider
