"""Hints instead of answers: a run that looks at the student's cell and gives one rung of the ladder.

Whatever the model writes, no code leaves this generator below the top rung: its answer is asked for quietly, and only
what `hints.spoken` leaves of it becomes an event. The top rung is an ordinary run.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import cast

from smallcode_jupyter.agent.flow import Flow
from smallcode_jupyter.agent.hints import made_hint, spoken
from smallcode_jupyter.agent.prompts import render
from smallcode_jupyter.protocol.changes import NEXT_CELL
from smallcode_jupyter.protocol.checks import CheckReport, CheckRequest
from smallcode_jupyter.protocol.effects import (
    AskModel,
    CountTokens,
    GatherContext,
    OpenModel,
    RunCheck,
    RunTool,
)
from smallcode_jupyter.protocol.errors import Cancelled, Problem, SmallCodeError
from smallcode_jupyter.protocol.events import (
    EVENT_TYPES,
    ChangeProposed,
    CheckFinished,
    CheckStarted,
    ContextGathered,
    ContextPlan,
    ModelFinished,
    ModelOpened,
    ModelStarted,
    Notice,
    Route,
    TaskFinished,
    TaskStarted,
    TurnFinished,
    TurnStarted,
)
from smallcode_jupyter.protocol.messages import Message
from smallcode_jupyter.protocol.model import ModelInfo, ModelReply, ModelRequest
from smallcode_jupyter.protocol.tasks import Context, ContextItem, Task
from smallcode_jupyter.protocol.tools import ToolCall
from smallcode_jupyter.protocol.tutoring import HintWish

__all__ = ["GUARD_RAIL", "announced", "check_attempt", "hint_task", "unseen"]

GUARD_RAIL = "Teacher mode is a guard rail for learning, not exam security: who wants to get round it can."
_TOKENS = 1_200
"""Of a prompt for a hint: small models keep to an instruction that little stands before."""
_ANSWER_TOKENS = 256
_WORTH = 2.5
"""Of cells and files: only what the words or the error name. Variables and errors always count."""
_NAMES = {
    "question": "a question",
    "pointer": "a pointer",
    "pseudo-code": "the steps in words",
    "code": "the code",
}


def hint_task(task: Task, wish: HintWish) -> Flow[TaskFinished]:
    """Give one hint below code. Errors and cancellation end it with a `task.finished`, as they end a run."""
    yield TaskStarted(task=task)
    yield from _notices(wish)
    try:
        finished = yield from _hint(task, wish)
    except Cancelled as error:
        finished = TaskFinished(outcome="cancelled", reason="Stopped.", problem=error.problem)
    except SmallCodeError as error:
        finished = TaskFinished(outcome="failed", reason=error.what, problem=error.problem)
    yield finished
    return finished


def announced(flow: Flow[TaskFinished], wish: HintWish) -> Flow[TaskFinished]:
    """An ordinary run that is the top rung, and says so."""
    yield next(flow)
    yield from _notices(wish)
    yield _notice("hint", _place(wish))
    return (yield from flow)


def unseen(flow: Flow[TaskFinished], keep: Callable[[ChangeProposed], None]) -> Flow[TaskFinished]:
    """A run that tells nothing but that it began and ended; what it proposes is kept instead."""
    step = next(flow)
    while True:
        reply, fault = None, None
        try:
            if isinstance(step, TaskFinished):
                yield replace(step, answer="")
            elif isinstance(step, TaskStarted):
                yield step
            elif isinstance(step, ChangeProposed):
                keep(step)
            elif not isinstance(step, EVENT_TYPES):
                reply = yield replace(step, is_quiet=True) if isinstance(step, AskModel) else step
        except SmallCodeError as error:
            fault = error
        try:
            step = flow.throw(fault) if fault is not None else flow.send(reply)
        except StopIteration as end:
            return cast(TaskFinished, end.value)


def check_attempt(words: str, code: str) -> Flow[CheckReport]:
    """What the checks say of a cell, as they would of an answer. Empty where it could not be staged."""
    call = ToolCall(id="attempt", name="write_file", arguments={"path": NEXT_CELL, "content": code})
    staged = yield RunTool(call=call)
    if getattr(staged, "status", "error") != "ok":
        return CheckReport()
    return cast(CheckReport, (yield RunCheck(request=CheckRequest(paths=(NEXT_CELL,), words=words))))


def _hint(task: Task, wish: HintWish) -> Flow[TaskFinished]:
    info = cast(ModelInfo, (yield OpenModel()))
    yield ModelOpened(info=info)
    context = cast(Context, (yield GatherContext(task=task)))
    yield ContextGathered(context=context)
    report = CheckReport()
    if wish.attempt:
        yield CheckStarted(turn=0, paths=(NEXT_CELL,))
        try:
            report = yield from check_attempt(wish.problem, wish.attempt)
        finally:
            yield CheckFinished(turn=0, report=report)
    failing = report.first_failure.detail if report.first_failure else ""
    reply = yield from _asked(task, wish, info, context, failing)
    said = spoken(reply.text, wish.rung)
    if said.cut:
        yield _notice(
            "code_cut", f"Code was cut out of the model's hint, {said.cut} time{'s' * (said.cut != 1)}."
        )
    text = said.text
    if not text:
        error = next((item.text for item in context.items if item.kind == "error"), "")
        text = made_hint(wish.rung, failing=failing, error=error, has_attempt=bool(wish.attempt))
        yield _notice("hint_made", "The model's answer was no hint; this one is made from the checks.")
    return TaskFinished(
        outcome="answered",
        reason=_place(wish),
        answer="\n\n".join([f"**{_place(wish)}**", text, _further(wish)]),
        turns=1,
        prompt_tokens=reply.usage.prompt_tokens,
        completion_tokens=reply.usage.completion_tokens,
        cached_tokens=reply.usage.cached_tokens,
        model_seconds=reply.usage.seconds,
    )


def _asked(task: Task, wish: HintWish, info: ModelInfo, context: Context, failing: str) -> Flow[ModelReply]:
    """The model's answer to the smallest prompt that holds the problem. Raises as the effects do."""
    sections, counts = yield from _fitting(wish, info, context, failing)
    messages = (
        Message(role="system", content=render("tutor")),
        Message(role="user", content="\n\n".join(text for _, text in sections)),
    )
    plan = ContextPlan(
        window=info.context_window,
        prompt_tokens=sum(counts),
        answer_tokens=_ANSWER_TOKENS,
        kept=tuple(name for name, _ in sections),
        sizes=counts,
    )
    yield TurnStarted(turn=1, route=Route(category="read", tools=(), reason="a hint is due"), plan=plan)
    temperature = info.profile.temperature
    yield ModelStarted(turn=1, messages=messages, kept_messages=0, temperature=temperature)
    request = ModelRequest(
        messages=messages,
        temperature=temperature,
        top_p=info.profile.top_p,
        max_tokens=_ANSWER_TOKENS,
        stop=info.profile.stop,
        seed=task.seed,
    )
    reply, problem = ModelReply(text="", finish_reason="cancelled"), None
    try:
        reply = cast(ModelReply, (yield AskModel(request=request, is_quiet=True)))
    except SmallCodeError as error:
        problem = error.problem
        raise
    finally:
        shown = replace(reply, text=spoken(reply.text, wish.rung).text, reasoning="", native_calls=())
        yield ModelFinished(turn=1, reply=shown, problem=problem)
        yield TurnFinished(turn=1)
    return reply


def _fitting(
    wish: HintWish, info: ModelInfo, context: Context, failing: str
) -> Flow[tuple[tuple[tuple[str, str], ...], tuple[int, ...]]]:
    """Name and text of what the prompt holds, and their tokens; the problem stands at the end and always stays."""
    sections = [(item.name, f"# {item.name}\n{item.text}") for item in _wanted(context)]
    if wish.attempt:
        sections.append(("your cell", render("tutor_attempt", attempt=f"```python\n{wish.attempt}\n```")))
    if failing:
        sections.append(("what fails", render("baseline", failure=failing)))
    if wish.policy.words:
        sections.append(("the teacher", render("tutor_teacher", words=wish.policy.words)))
    instruction = render(f"tutor_{wish.rung.replace('-', '_')}")
    task = render("tutor_task", problem=wish.problem, instruction=instruction)
    counts = cast("tuple[int, ...]", (yield CountTokens(texts=(*(text for _, text in sections), task))))
    left = min(_TOKENS, info.context_window - _ANSWER_TOKENS) - counts[-1]
    kept: list[tuple[tuple[str, str], int]] = []
    for section, count in reversed(list(zip(sections, counts, strict=False))):
        if count <= left:
            kept.insert(0, (section, count))
            left -= count
    kept.append((("problem", task), counts[-1]))
    return tuple(section for section, _ in kept), tuple(count for _, count in kept)


def _wanted(context: Context) -> list[ContextItem]:
    """What helps with a hint, the most wanted last. The student's cell is shown by itself."""
    items = [
        item
        for item in context.items
        if item.kind in ("error", "variables") or (item.kind in ("cell", "file") and item.weight >= _WORTH)
    ]
    return sorted(items, key=lambda item: item.weight)


def _notices(wish: HintWish) -> Flow[None]:
    if wish.is_first:
        yield _notice("tutor", GUARD_RAIL)
    if wish.policy.problem:
        yield _notice("tutor_unclear", wish.policy.problem)
    if wish.was_refused:
        yield _notice("no_skipping", "Hints come one rung after the other here.")


def _place(wish: HintWish) -> str:
    rungs = wish.policy.rungs
    return f"Hint {rungs.index(wish.rung) + 1} of {len(rungs)}: {_NAMES[wish.rung]}"


def _further(wish: HintWish) -> str:
    if wish.next_rung is None:
        return "Hints go no further here. `%smallcode compare` tells what your cell does otherwise than it should."
    return f"Try it first. `%smallcode hint` then gives {_NAMES[wish.next_rung]}."


def _notice(code: str, what: str) -> Notice:
    return Notice(level="info", problem=Problem(code=code, what=what))
