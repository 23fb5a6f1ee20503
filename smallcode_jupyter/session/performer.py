"""Performs effects: one method an effect, found by a table."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from smallcode_jupyter.agent.guards import is_repeating
from smallcode_jupyter.checks.run import Checker
from smallcode_jupyter.models.port import Delta, Model
from smallcode_jupyter.protocol.changes import NEXT_CELL
from smallcode_jupyter.protocol.checks import CheckReport
from smallcode_jupyter.protocol.effects import (
    Answer,
    AskModel,
    AskUser,
    Behaviour,
    CountTokens,
    DropFailing,
    Dropped,
    Effect,
    Focus,
    Focused,
    GatherContext,
    Observe,
    OpenModel,
    Reply,
    RunCheck,
    RunTool,
    Stage,
    StageReport,
)
from smallcode_jupyter.protocol.errors import Cancelled, ModelError, Problem, RateLimited, ServerFault
from smallcode_jupyter.protocol.events import ModelDelta, Notice, UserAnswered, UserAsked
from smallcode_jupyter.protocol.model import ModelInfo, ModelReply
from smallcode_jupyter.protocol.tasks import Context
from smallcode_jupyter.protocol.tools import ToolResult
from smallcode_jupyter.selection.observe import Observer
from smallcode_jupyter.session.cancelling import EitherEvent
from smallcode_jupyter.session.drive import Emit
from smallcode_jupyter.session.gathering import Gatherer
from smallcode_jupyter.tools.registry import Toolbox
from smallcode_jupyter.workspace.staging import Staging

__all__ = ["OpenModelPort", "Performer"]

OpenModelPort = Callable[[Callable[[Problem], None]], Model]
"""Finds the model; tells of slow steps (starting a server) on the way."""

_GUARD_EVERY = 48
"""Characters between two looks for repetition."""
_PATIENCE = 3
"""How often a busy server is asked again."""
_LONGEST_WAIT = 30.0


class Performer:
    """One run's effects. `model` is given back to the session, which owns it."""

    def __init__(
        self,
        *,
        open_model: OpenModelPort,
        staging: Staging,
        checker: Checker,
        observer: Observer,
        gatherer: Gatherer,
        ask: Callable[[AskUser], Answer],
        cancel: threading.Event,
        seconds: float,
        temperature: float | None,
        asks_to_open: bool = False,
        loads_modules: Callable[[], bool] = lambda: False,
    ) -> None:
        """`asks_to_open`: the person is asked before the model is opened. `loads_modules`: whether a check would load
        staged modules in a copy of the kernel now.
        """
        self._open_model = open_model
        self._staging = staging
        self.toolbox: Toolbox | None = None
        """Set before the first tool runs: the toolbox asks through `approve`."""
        self._checker = checker
        self._observer = observer
        self._gatherer = gatherer
        self._ask = ask
        self._cancel = cancel
        self._deadline = time.monotonic() + seconds
        self._temperature = temperature
        self._asks_to_open = asks_to_open
        self._loads_modules = loads_modules
        self._model: Model | None = None
        self._turn = 0
        self._emit: Emit | None = None
        self._table: dict[type[Effect], Callable[[Any, Emit], Reply]] = {
            OpenModel: self._perform_open,
            GatherContext: self._perform_gather,
            Focus: self._perform_focus,
            CountTokens: self._perform_count,
            AskModel: self._perform_ask,
            RunTool: self._perform_tool,
            RunCheck: self._perform_check,
            Stage: self._perform_stage,
            Observe: self._perform_observe,
            DropFailing: self._perform_drop,
            AskUser: self._perform_question,
        }

    def __call__(self, effect: Effect, emit: Emit) -> Reply:
        """The effect's reply. May raise SmallCodeError."""
        return self._table[type(effect)](effect, emit)

    def needs_main_thread(self, effect: Effect) -> bool:
        """Whether it touches the kernel: its variables, a fork of it, a question through its front end."""
        if isinstance(effect, RunTool):
            return effect.call.name in ("run_code", "run_command")
        if isinstance(effect, RunCheck):
            request = effect.request
            return NEXT_CELL in request.paths or (not request.is_step and self._loads_modules())
        if isinstance(effect, OpenModel):
            return self._asks_to_open
        return isinstance(effect, GatherContext | AskUser | Stage)

    def _perform_open(self, effect: OpenModel, emit: Emit) -> ModelInfo:
        self._emit = emit
        self._model = self._open_model(_noticed(emit))
        info = self._model.info
        if self._temperature is None:
            return info
        return replace(info, profile=replace(info.profile, temperature=self._temperature))

    def _perform_gather(self, effect: GatherContext, emit: Emit) -> Context:
        return self._gatherer.gather(effect.task, _noticed(emit))

    def _perform_focus(self, effect: Focus, emit: Emit) -> Focused:
        return self._gatherer.focus(effect.path, effect.words)

    def _perform_count(self, effect: CountTokens, emit: Emit) -> tuple[int, ...]:
        assert self._model is not None
        return self._model.count(effect.texts)

    def _perform_ask(self, effect: AskModel, emit: Emit) -> ModelReply:
        """Ask; a busy server is asked again after the pause it wishes."""
        self._turn += 1
        for attempt in range(_PATIENCE):
            try:
                return self._ask_once(effect, emit)
            except (RateLimited, ServerFault) as error:
                pause = getattr(error, "retry_after", None) or 2.0 * (attempt + 1)
                if attempt == _PATIENCE - 1 or pause > _LONGEST_WAIT or not _is_busy(error):
                    raise
                emit(
                    Notice(
                        level="warning", problem=replace(error.problem, hint=f"Asking again in {pause:g} s.")
                    )
                )
                if self._cancel.wait(pause):
                    raise Cancelled("The run was stopped while the server was busy.") from error
        raise AssertionError("unreachable")

    def _ask_once(self, effect: AskModel, emit: Emit) -> ModelReply:
        assert self._model is not None
        stop = EitherEvent(self._cancel)
        timer = threading.Timer(max(0.1, self._deadline - time.monotonic()), stop.set)
        timer.daemon = True
        text: list[str] = []
        unseen = 0

        def on_delta(delta: Delta) -> bool:
            nonlocal unseen
            if not effect.is_quiet:
                emit(ModelDelta(turn=self._turn, text=delta.text, is_reasoning=delta.is_reasoning))
            text.append(delta.text)
            unseen += len(delta.text)
            if unseen < _GUARD_EVERY:
                return True
            unseen = 0
            return not is_repeating("".join(text))

        timer.start()
        try:
            reply = self._model.ask(effect.request, on_delta=on_delta, cancel=stop)
        finally:
            timer.cancel()
        if reply.finish_reason == "cancelled" and not self._cancel.is_set():
            return replace(reply, finish_reason="guard")
        return reply

    def _perform_tool(self, effect: RunTool, emit: Emit) -> ToolResult:
        began = time.perf_counter()
        assert self.toolbox is not None
        self._emit = emit
        result = self.toolbox.run(effect.call, cancel=self._cancel)
        return replace(result, seconds=round(time.perf_counter() - began, 4))

    def approve(self, question: str) -> bool:
        """Ask the person whether a tool may do what it is about to; no where nobody can be asked."""
        return self.confirm(AskUser(question=question, choices=("yes", "no"), default="no")).choice == "yes"

    def confirm(self, question: AskUser) -> Answer:
        """Ask the person, and tell of it in the run's events."""
        assert self._emit is not None
        return self._perform_question(question, self._emit)

    def _perform_check(self, effect: RunCheck, emit: Emit) -> CheckReport:
        return self._checker.check(effect.request)

    def _perform_stage(self, effect: Stage, emit: Emit) -> StageReport:
        if effect.action == "save":
            self._staging.save(effect.label)
        elif effect.action == "restore":
            self._staging.restore(effect.label)
        return StageReport(changes=self._staging.changes())

    def _perform_observe(self, effect: Observe, emit: Emit) -> Behaviour:
        return self._observer.observe(effect.paths, effect.words)

    def _perform_drop(self, effect: DropFailing, emit: Emit) -> Dropped:
        return Dropped(names=self._checker.drop_failing(effect.paths))

    def _perform_question(self, effect: AskUser, emit: Emit) -> Answer:
        emit(UserAsked(question=effect.question, choices=effect.choices))
        answer = self._ask(effect)
        emit(UserAnswered(choice=answer.choice))
        return answer


def _noticed(emit: Emit) -> Callable[[Problem], None]:
    return lambda problem: emit(Notice(level="info", problem=problem))


def _is_busy(error: ModelError) -> bool:
    """Whether asking again may help: too many requests, or a model that is still being loaded."""
    return isinstance(error, RateLimited) or "loading" in str(error).lower() or "503" in str(error)
