"""The loop: a generator that yields events and effects and receives replies. The only loop.

    Task -> open the model -> gather context -> turns -> propose the best state

A turn plans what fits, asks the model, parses, runs the calls on the staged copy, checks what changed, and decides.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import cast

from smallcode_jupyter.agent import acting, asking, stepping
from smallcode_jupyter.agent.compose import instruction_for, route_question, unrouted_instruction
from smallcode_jupyter.agent.flow import Done, Flow
from smallcode_jupyter.agent.opening import open_run, wants_baseline
from smallcode_jupyter.agent.planning import plan_of
from smallcode_jupyter.agent.routing import offered, prior
from smallcode_jupyter.agent.state import Attempt, Plan, RunState
from smallcode_jupyter.protocol.checks import CheckReport, CheckRequest
from smallcode_jupyter.protocol.effects import (
    CountTokens,
    GatherContext,
    OpenModel,
    RunCheck,
    Stage,
    StageReport,
)
from smallcode_jupyter.protocol.errors import Cancelled, Problem, SmallCodeError
from smallcode_jupyter.protocol.events import (
    ChangeProposed,
    CheckFinished,
    CheckStarted,
    ContextGathered,
    Event,
    ModelOpened,
    TaskFinished,
    TaskStarted,
    TurnFinished,
)
from smallcode_jupyter.protocol.model import ModelInfo
from smallcode_jupyter.protocol.tasks import Context, Task
from smallcode_jupyter.protocol.tools import Category, ToolSpec

__all__ = ["Run", "run_task"]


def run_task(task: Task, specs: Sequence[ToolSpec]) -> Flow[TaskFinished]:
    """Run one task to its end; yields its last event and returns it.

    Errors and cancellation are thrown in at a `yield`. They end the run with a `task.finished`, not with an exception.
    """
    run = Run(task, tuple(specs))
    yield TaskStarted(task=task)
    try:
        yield from run.open()
        yield from stepping.work(run)
    except Done as done:
        end = done
    except Cancelled as error:
        end = Done("cancelled", "Stopped.", problem=error.problem)
    except SmallCodeError as error:
        end = run.ended_by(error)
    except Exception as error:  # noqa: BLE001 - the loop's edge: a fault of its own must not leave a trace without an end
        end = Done("failed", "The agent itself failed.", problem=_fault(error))
    yield from run.close_steps(end)
    try:
        finished = yield from run.conclude(end)
    except SmallCodeError as error:
        finished = run.finished(Done("failed", error.what, problem=error.problem))
    yield finished
    return finished


def _untried(report: CheckReport) -> Problem | None:
    """Why the code was not run, as the person should know it; None where nothing says so."""
    detail = next((result.detail for result in report.results if result.name == "trial"), "")
    return Problem(code="not_tried", what=detail) if detail else None


def _fault(error: Exception) -> Problem:
    where = traceback.extract_tb(error.__traceback__)[-1]
    return Problem(
        code="fault",
        what=f"The agent itself failed: {type(error).__name__}: {error}.",
        why=f"It happened in {where.name}, line {where.lineno} of {where.filename.rpartition('/')[2]}.",
        hint="Please report this, with the trace.",
    )


class Run:
    """One run while its generator lives: the state, and the steps that are open. Decisions are pure functions of it."""

    def __init__(self, task: Task, specs: tuple[ToolSpec, ...]) -> None:
        self.task = task
        self.specs = offered(task, specs)
        self.counts: dict[str, int] = {}
        self.category: Category = "write"
        self.instruction = ""
        """The end of the first user message; later ones end with their own."""
        self.reason = ""
        """Why this category."""
        self.scores: tuple[tuple[Category, float], ...] = ()
        self.is_asking_route = False
        self.plan = Plan()
        self._state: RunState | None = None
        self._open_steps: list[Callable[[Done], Event]] = []

    @property
    def state(self) -> RunState:
        """The steps so far. Only after the model was opened."""
        assert self._state is not None
        return self._state

    @state.setter
    def state(self, value: RunState) -> None:
        self._state = value

    def start(self, event: Event, close: Callable[[Done], Event]) -> Flow[None]:
        """Yield a `*.started` and remember what finishes it, should the run end before that."""
        self._open_steps.append(close)
        yield event

    def finish(self, event: Event) -> Flow[None]:
        """Yield the `*.finished` of the last open step."""
        self._open_steps.pop()
        yield event

    def close_steps(self, end: Done) -> Flow[None]:
        """Finish every open step, innermost first."""
        while self._open_steps:
            yield self._open_steps.pop()(end)

    def open(self) -> Flow[None]:
        """Model, context, first category, and what fails now."""
        info = cast(ModelInfo, (yield OpenModel()))
        yield ModelOpened(info=info)
        context = cast(Context, (yield GatherContext(task=self.task)))
        yield ContextGathered(context=context)
        words = prior(self.task.words, surface=self.task.surface)
        self.scores, self.category = words.scores, words.category
        if self.task.policy == "plan" and self.category in ("write", "run"):
            self.category = "read"
        is_routed = "routing" not in self.task.without
        self.is_asking_route = is_routed and not words.is_clear
        self.reason = "the words say so" if words.is_clear else "the words are not clear"
        if not is_routed:
            self.category = "read" if self.task.policy == "plan" else "write"
            self.reason = "routing is switched off"
        self.plan = plan_of(self.task, context, category=self.category, is_clear=words.is_clear)
        if self.plan.steps and not self.plan.is_search:
            self.category, self.is_asking_route, self.reason = "write", False, "several files are to change"
        self.state = open_run(self.task, info, context, category=self.category)
        if wants_baseline(self.state):
            paths = (self.state.target,) if self.state.target else ()
            report = yield from self.check(CheckRequest(paths=paths, words=""))
            self.state = replace(self.state, baseline=report if report.status == "failed" else None)
        self.instruction = (
            route_question(self.state) if self.is_asking_route else self.instruction_for(self.category)
        )
        yield Stage(action="save", label="start")

    def instruction_for(self, category: Category) -> str:
        """What the end of the prompt asks for."""
        if "routing" in self.task.without:
            return unrouted_instruction(self.state, self.specs)
        return instruction_for(self.state, category, self.specs)

    def turn(self) -> Flow[None]:
        """Ask once and act on the answer. Raises `Done` at the end of the run."""
        limit = self.state.spent.limit_reached(self.task.limits)
        if limit:
            raise Done("gave_up", f"Stopped: {limit}.")
        self.state = replace(self.state, turn=self.state.turn + 1)
        reply, parsed = yield from asking.ask(self)
        yield from acting.act(self, reply, parsed)
        yield from self.finish(TurnFinished(turn=self.state.turn))

    def count(self, texts: tuple[str, ...]) -> Flow[None]:
        """Have every text counted that was not yet."""
        new = tuple(text for text in texts if text not in self.counts)
        if new:
            counts = cast("tuple[int, ...]", (yield CountTokens(texts=new)))
            self.counts.update(zip(new, counts, strict=True))

    def check(self, request: CheckRequest) -> Flow[CheckReport]:
        """Check the staged state."""
        turn = self._state.turn if self._state else 0
        yield from self.start(
            CheckStarted(turn=turn, paths=request.paths),
            lambda _: CheckFinished(turn=turn, report=CheckReport()),
        )
        report = cast(CheckReport, (yield RunCheck(request=request)))
        seconds = sum(result.seconds for result in report.results)
        self.state = replace(self.state, spent=self.state.spent.plus_seconds(seconds))
        yield from self.finish(CheckFinished(turn=turn, report=report))
        return report

    def conclude(self, end: Done) -> Flow[TaskFinished]:
        """Bring back the best attempt, propose it, and say how it ended."""
        best = self._state.best if self._state else None
        if best is None or end.outcome in ("failed", "answered"):
            return self.finished(end)
        if end.outcome == "cancelled" and best.report.status != "passed":
            return self.finished(end)
        yield Stage(action="restore", label=best.label)
        staged = cast(StageReport, (yield Stage(action="collect")))
        if staged.changes.is_empty:
            return self.finished(end)
        yield ChangeProposed(changes=staged.changes, report=best.report)
        return self.finished(self._judged(end, best))

    def ended_by(self, error: SmallCodeError) -> Done:
        """A fault while further answers were only wanted for comparison does not take away the one that is there."""
        best = self._state.best if self._state else None
        if best is None or best.report.status == "failed":
            return Done("failed", error.what, problem=error.problem)
        return Done("validated", f"The search for further answers ended: {error.what}", problem=error.problem)

    def _judged(self, end: Done, best: Attempt) -> Done:
        if end.outcome == "cancelled":
            return end
        if best.report.status == "failed" and "improve" in self.task.without:
            return Done(
                "unvalidated", "Done; a check failed, and the first answer stands.", answer=end.answer
            )
        failed = [result.name for result in best.report.results if result.status == "failed"]
        if best.report.status == "passed" or failed == ["strength"]:
            return Done("validated", "Done, and the checks pass.", answer=end.answer, problem=end.problem)
        if best.report.status == "unchecked":
            return Done(
                "unvalidated",
                "Done, but nothing here could check it.",
                answer=end.answer,
                problem=end.problem or _untried(best.report),
            )
        failure = best.report.first_failure
        what = f" {failure.name.capitalize()} of {failure.target} failed." if failure else ""
        return Done("gave_up", f"{end.reason}{what}", answer=end.answer)

    def finished(self, end: Done) -> TaskFinished:
        """The last event."""
        spent = self._state.spent if self._state else None
        return TaskFinished(
            outcome=end.outcome,
            reason=end.reason,
            answer=end.answer,
            problem=end.problem,
            turns=self._state.turn if self._state else 0,
            prompt_tokens=spent.prompt_tokens if spent else 0,
            completion_tokens=spent.completion_tokens if spent else 0,
            cached_tokens=spent.cached_tokens if spent else 0,
            model_seconds=spent.model_seconds if spent else 0.0,
        )
