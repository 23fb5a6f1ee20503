"""The one picture of a run that every front end shows: a pure fold over its events."""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from smallcode_jupyter.protocol.checks import CheckReport
from smallcode_jupyter.protocol.events import (
    ChangeProposed,
    CheckFinished,
    CheckStarted,
    ContextGathered,
    ContextPlan,
    ContextReplanned,
    Dropped,
    Envelope,
    ModelDelta,
    ModelFinished,
    ModelOpened,
    ModelStarted,
    Notice,
    PlanUpdated,
    ReplyParsed,
    StrategyChosen,
    TaskFinished,
    TaskStarted,
    ToolFinished,
    ToolStarted,
    TurnFinished,
    TurnStarted,
    UserAnswered,
    UserAsked,
)
from smallcode_jupyter.protocol.model import ModelInfo
from smallcode_jupyter.render import words as say
from smallcode_jupyter.render.plain import cut, one_line
from smallcode_jupyter.render.state import Detail, Meter, Step, StepStatus, ViewState

__all__ = ["Detail", "Meter", "Step", "StepStatus", "ViewState", "fold"]

_MAX_STEPS = 200
_MAX_DETAIL = 6_000
_MAX_STREAM = 8_000
_ROUTING = "choose the tools"


def fold(state: ViewState, envelope: Envelope) -> ViewState:
    """The picture after one more event. Its size stays bounded however long the run is."""
    at, event = envelope.at, envelope.event
    state = replace(state, at=at)
    match event:
        case TaskStarted():
            return _start(state, envelope.run, event)
        case ModelOpened(info=info):
            return _opened(state, info)
        case ContextGathered():
            details = [Detail(title=say.place(item.name), text=item.reason) for item in event.context.items]
            return _end(state, "context", "ok", words=say.context_words(event.context), details=details)
        case TurnStarted(plan=plan) | ContextReplanned(plan=plan):
            return _planned(state, plan)
        case ModelStarted():
            return _thinking(state, event)
        case ModelDelta():
            return _delta(state, event)
        case ModelFinished():
            return _answered(state, event)
        case ReplyParsed():
            return _parsed(state, event)
        case ToolStarted(call=call):
            return _begin(state, f"tool:{call.id}", say.call_icon(call), say.call_words(call))
        case ToolFinished():
            return _tool(state, event)
        case CheckStarted(turn=turn, paths=paths):
            names = one_line(", ".join(say.place(path) for path in paths[:3]), 60)
            return _begin(state, f"check:{turn}", "✓", f"check {names}")
        case CheckFinished(turn=turn, report=report):
            return _checked(state, turn, report)
        case StrategyChosen():
            return _strategy(state, event)
        case PlanUpdated(steps=steps):
            return replace(state, plan=steps)
        case UserAsked(question=question, choices=choices):
            return _begin(state, "ask", "?", f"ask: {one_line(question)} ({', '.join(choices)})")
        case UserAnswered(choice=choice):
            return _user_answered(state, choice)
        case TurnFinished():
            return state
        case ChangeProposed(changes=changes, report=report):
            return replace(state, changes=changes, report=report)
        case Notice():
            return _notice(state, event)
        case TaskFinished():
            return _finish(state, event)
        case _:
            assert_never(event)


def _start(state: ViewState, run: str, event: TaskStarted) -> ViewState:
    state = replace(
        state,
        run=run,
        words=event.task.words,
        surface=event.task.surface,
        started=state.at,
    )
    return _begin(state, "context", "○", "look around")


def _thinking(state: ViewState, event: ModelStarted) -> ViewState:
    state = replace(state, stream="", reasoning="", stream_cut=0)
    words = _ROUTING if event.is_routing else f"think · turn {event.turn}"
    return _begin(state, f"model:{event.turn}", "◇", words)


def _user_answered(state: ViewState, choice: str) -> ViewState:
    asked = _find(state, "ask")
    question = asked.words if asked else "ask"
    return _end(state, "ask", "ok", words=f"{question} → {one_line(choice)}")


def _opened(state: ViewState, info: ModelInfo) -> ViewState:
    """The model is known. Where that took a while (a server had to start), it is a step of its own."""
    state = replace(state, model=info.name)
    if state.at - state.started < 2.0:
        return state
    device = f" on {info.device}" if info.device else ""
    state = _end(state, "context", "ok", words=f"open {one_line(info.name, 60)}{device}")
    return _begin(state, "context", "○", "look around")


def _planned(state: ViewState, plan: ContextPlan) -> ViewState:
    meter = replace(state.meter, context_used=plan.prompt_tokens, context_window=plan.window)
    state = replace(state, meter=meter)
    gone = [item for item in plan.dropped if not item.kept_tokens]
    shorter = [item for item in plan.dropped if item.kept_tokens]
    if not plan.dropped:
        return state
    words = f"left out to fit the context: {_names(gone)}" if gone else ""
    if shorter:
        words = f"{words}; shortened: " if words else "shortened to fit the context: "
        words += _names(shorter)
    details = [Detail(title=item.name, text=say.dropped_words(item)) for item in plan.dropped]
    return _note(state, "!", words, details=details)


def _names(items: list[Dropped]) -> str:
    rest = f" and {len(items) - 3} more" if len(items) > 3 else ""
    return ", ".join(one_line(item.name, 30) for item in items[:3]) + rest


def _delta(state: ViewState, event: ModelDelta) -> ViewState:
    if event.is_reasoning:
        return replace(state, reasoning=(state.reasoning + event.text)[-_MAX_STREAM:])
    stream = state.stream + event.text
    excess = max(0, len(stream) - _MAX_STREAM)
    return replace(state, stream=stream[excess:], stream_cut=state.stream_cut + excess)


def _answered(state: ViewState, event: ModelFinished) -> ViewState:
    usage, meter = event.reply.usage, state.meter
    meter = replace(
        meter,
        prompt_tokens=meter.prompt_tokens + usage.prompt_tokens,
        completion_tokens=meter.completion_tokens + usage.completion_tokens,
        cached_tokens=meter.cached_tokens + usage.cached_tokens,
        writing_seconds=meter.writing_seconds + max(0.0, usage.seconds - usage.first_token_seconds),
        context_used=usage.prompt_tokens + usage.completion_tokens or meter.context_used,
        is_estimated=meter.is_estimated or usage.is_estimated,
    )
    texts = (("thinking", event.reply.reasoning), ("answer", event.reply.text))
    details = [Detail(title=title, text=text) for title, text in texts if text.strip()]
    step = _find(state, f"model:{event.turn}")
    words, status = step.words if step else f"think · turn {event.turn}", "ok"
    if event.problem is not None:
        words, status = f"{words} · {one_line(event.problem.what, 120)}", "failed"
    elif words == _ROUTING:
        words = f"{words}: {one_line(event.reply.text, 20)}"
    elif event.reply.finish_reason in ("length", "guard", "cancelled"):
        said = {"length": "cut at its longest", "guard": "ended: it repeated itself", "cancelled": "stopped"}
        words = f"{words} · {said[event.reply.finish_reason]}"
    state = replace(state, meter=meter, stream="", reasoning="", stream_cut=0)
    return _end(
        state, f"model:{event.turn}", "ok" if status == "ok" else "failed", words=words, details=details
    )


def _parsed(state: ViewState, event: ReplyParsed) -> ViewState:
    details = [Detail(title=f"mended: {repair.name}", text=repair.detail) for repair in event.repairs]
    details += [Detail(title="not understood", text=str(problem)) for problem in event.problems]
    key = f"model:{event.turn}"
    step = _find(state, key)
    if step is None or not details:
        return state
    return _put(state, replace(step, details=(*step.details, *_bounded(details))))


def _tool(state: ViewState, event: ToolFinished) -> ViewState:
    result = event.result
    key = f"tool:{result.call_id}"
    step = _find(state, key)
    words = step.words if step else one_line(result.name)
    if result.status != "ok":
        what = result.problem.what if result.problem else result.content
        words = f"{words} · {'not allowed: ' if result.status == 'denied' else ''}{one_line(what, 120)}"
    shown = result.display or result.content
    details = [Detail(title="result", text=shown)] if shown.strip() else []
    return _end(state, key, "ok" if result.status == "ok" else "failed", words=words, details=details)


def _checked(state: ViewState, turn: int, report: CheckReport) -> ViewState:
    details = [
        Detail(
            title=f"{say.verdict(result)} {say.place(result.target)}", text=result.display or result.detail
        )
        for result in report.results
        if result.display or result.detail
    ]
    statuses: dict[str, tuple[str, StepStatus]] = {
        "passed": ("✓", "ok"),
        "failed": ("✗", "failed"),
        "unchecked": ("–", "note"),
    }
    icon, status = statuses[report.status]
    return _end(state, f"check:{turn}", status, words=say.check_words(report), details=details, icon=icon)


def _strategy(state: ViewState, event: StrategyChosen) -> ViewState:
    reason = one_line(event.reason, 120)
    if event.strategy in ("repair", "resample", "nudge"):
        how = f"{event.strategy}, temperature {event.temperature:g}"
        return _note(state, "↻", f"retry: {reason} ({how})")
    if event.strategy == "stop" and reason:
        return _note(state, "■", f"stop: {reason}")
    return state


def _notice(state: ViewState, event: Notice) -> ViewState:
    """The same notice again, as while a server starts, takes the place of the one before."""
    problem = event.problem
    step = Step(
        key=f"notice:{problem.code}",
        icon="!",
        words=one_line(problem.what, 200),
        status="failed" if event.level == "error" else "note",
        started=state.at,
        details=_bounded([Detail(title="why", text=text) for text in (problem.why, problem.hint) if text]),
    )
    is_again = bool(state.steps) and state.steps[-1].key == step.key
    return _put(state, step) if is_again else _append(state, step)


def _finish(state: ViewState, event: TaskFinished) -> ViewState:
    end = "stopped" if event.outcome == "cancelled" else "not finished"
    for step in state.steps:
        if step.status == "running":
            state = _end(state, step.key, "stopped", words=f"{step.words} · {end}")
    meter = state.meter
    if event.prompt_tokens or event.completion_tokens:
        meter = replace(
            meter,
            prompt_tokens=event.prompt_tokens,
            completion_tokens=event.completion_tokens,
            cached_tokens=event.cached_tokens,
        )
    return replace(state, finished=event, meter=meter, stream="", reasoning="", stream_cut=0)


def _bounded(details: list[Detail]) -> tuple[Detail, ...]:
    return tuple(
        Detail(title=one_line(detail.title, 120), text=cut(detail.text, _MAX_DETAIL))
        for detail in details[:30]
    )


def _find(state: ViewState, key: str) -> Step | None:
    return next((step for step in reversed(state.steps) if step.key == key), None)


def _append(state: ViewState, step: Step) -> ViewState:
    steps = (*state.steps, step)
    excess = max(0, len(steps) - _MAX_STEPS)
    return replace(state, steps=steps[excess:], folded_steps=state.folded_steps + excess)


def _put(state: ViewState, step: Step) -> ViewState:
    """Replaces the latest step of this key."""
    index = max(index for index, other in enumerate(state.steps) if other.key == step.key)
    return replace(state, steps=(*state.steps[:index], step, *state.steps[index + 1 :]))


def _begin(state: ViewState, key: str, icon: str, words: str) -> ViewState:
    return _append(state, Step(key=key, icon=icon, words=words, status="running", started=state.at))


def _note(state: ViewState, icon: str, words: str, *, details: list[Detail] | None = None) -> ViewState:
    step = Step(
        key="note", icon=icon, words=words, status="note", started=state.at, details=_bounded(details or [])
    )
    return _append(state, step)


def _end(
    state: ViewState,
    key: str,
    status: StepStatus,
    *,
    words: str,
    details: list[Detail] | None = None,
    icon: str | None = None,
) -> ViewState:
    step = _find(state, key)
    if step is None or step.status != "running":
        state = _begin(state, key, icon or "→", words)
        step = state.steps[-1]
    ended = replace(
        step,
        words=words,
        status=status,
        icon=icon or step.icon,
        seconds=max(0.0, state.at - step.started),
        details=(*step.details, *_bounded(details or [])),
    )
    return _put(state, ended)
