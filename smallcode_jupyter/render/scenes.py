"""A saved run cut into scenes, one for each event, for showing it step by step. A trace may be anybody's: every text
of it is made harmless and bounded here.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import assert_never

from smallcode_jupyter.protocol.checks import CheckReport
from smallcode_jupyter.protocol.events import (
    ChangeProposed,
    CheckFinished,
    CheckStarted,
    ContextGathered,
    ContextPlan,
    ContextReplanned,
    Envelope,
    Event,
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
from smallcode_jupyter.protocol.tools import ToolCall
from smallcode_jupyter.render import words as say
from smallcode_jupyter.render.plain import cut, one_line, plain
from smallcode_jupyter.render.state import Detail
from smallcode_jupyter.render.text import render_proposal
from smallcode_jupyter.render.why import why

__all__ = ["MAX_SCENES", "Scene", "scenes_of"]

MAX_SCENES = 1_000
"""Further events of a run are not shown, and that is said."""
_MAX_DETAIL = 4_000
_MAX_DETAILS = 12

_Shown = tuple[str, str, list[tuple[str, str]]]
"""Icon, title, and details as pairs of a title and a text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """One event as it is shown."""

    number: int
    """Counts from 1."""
    kind: str
    """The event's type, and of a tool its name: what two runs are lined up by."""
    turn: int
    """0 before the first turn."""
    icon: str
    title: str
    why: str
    details: tuple[Detail, ...]
    seconds: float
    """Since the run began."""


def scenes_of(envelopes: Iterable[Envelope]) -> tuple[Scene, ...]:
    """The run's scenes, pieces of one answer being a single one; at most `MAX_SCENES` and one that says how many
    are missing.
    """
    scenes: list[Scene] = []
    began = latest = 0.0
    turn = pieces = missing = 0
    for envelope in envelopes:
        at = envelope.at if math.isfinite(envelope.at) else latest
        began = at if not scenes else began
        latest = max(latest, at)
        event = envelope.event
        turn = max(turn, getattr(event, "turn", 0))
        pieces = pieces + 1 if isinstance(event, ModelDelta) else 0
        if pieces > 1 and not missing:
            scenes[-1] = replace(scenes[-1], title=f"{_WRITES}, {say.amount(pieces, 'piece')}")
        elif len(scenes) >= MAX_SCENES:
            missing += 1
        else:
            scenes.append(_scene(event, len(scenes) + 1, turn, min(max(0.0, latest - began), 1e6)))
    return (*scenes, _missing(missing, scenes[-1])) if missing else tuple(scenes)


_WRITES = "the model writes"


def _scene(event: Event, number: int, turn: int, seconds: float) -> Scene:
    icon, title, details = _shown(event)
    name = ""
    if isinstance(event, ToolStarted):
        name = f" {event.call.name}"
    elif isinstance(event, ToolFinished):
        name = f" {event.result.name}"
    return Scene(
        number=number,
        kind=one_line(event.type + name, 60),
        turn=turn,
        icon=icon,
        title=one_line(title, 160),
        why=why(event),
        details=tuple(
            Detail(title=one_line(name, 120), text=cut(plain(text).rstrip(), _MAX_DETAIL))
            for name, text in details[:_MAX_DETAILS]
            if text.strip()
        ),
        seconds=seconds,
    )


def _missing(count: int, last: Scene) -> Scene:
    title = f"{say.amount(count, 'more event')} not shown"
    reason = "A run this long is no longer looked at step by step; the trace file has everything."
    return replace(
        last, number=last.number + 1, kind="missing", icon="!", title=title, why=reason, details=()
    )


def _shown(event: Event) -> _Shown:
    match event:
        case TaskStarted(task=task):
            return "○", "the task", [("words", task.words)]
        case ModelOpened(info=info):
            return "○", f"open the model {info.name}", [("server", f"{info.server} {info.device}")]
        case ContextGathered(context=context):
            items = [(f"{say.place(item.name)}: {item.reason}", item.text) for item in context.items]
            return "○", say.context_words(context), items
        case TurnStarted(turn=turn, route=route, plan=plan):
            tools = [("tools shown", ", ".join(route.tools))]
            return "◇", f"turn {turn}: tools that {route.category}", [*tools, *_plan(plan)]
        case ContextReplanned(plan=plan):
            return "!", "plan the prompt again, for a smaller window", _plan(plan)
        case ModelStarted() | ModelDelta() | ModelFinished() | ReplyParsed():
            return _asked(event)
        case ToolStarted(call=call):
            return say.call_icon(call), say.call_words(call), [_call(call)]
        case ToolFinished(result=result):
            is_ok = result.status == "ok"
            title = f"{result.name}: {'done' if is_ok else result.status}"
            return "✓" if is_ok else "✗", title, [("what the model will see", result.content)]
        case CheckStarted(paths=paths):
            return "○", f"check {', '.join(say.place(path) for path in paths[:5])}", []
        case CheckFinished(report=report):
            return say.MARKS[report.status], say.check_words(report), _verdicts(report)
        case StrategyChosen(strategy=strategy, reason=reason):
            return "↻", f"{strategy}: {reason}", []
        case PlanUpdated(steps=steps):
            lines = [f"[{'x' if step.is_done else ' '}] {step.words}" for step in steps]
            return "☰", "the plan", [("steps", "\n".join(lines))]
        case UserAsked(question=question, choices=choices):
            return "?", f"ask: {question}", [("choices", ", ".join(choices))]
        case UserAnswered(choice=choice):
            return "?", f"answered: {choice}", []
        case TurnFinished(turn=turn):
            return "◇", f"turn {turn} ends", []
        case ChangeProposed(changes=changes, report=report):
            shown = [("what would change", render_proposal(changes)), *_verdicts(report)]
            return "✎", "propose the change", shown
        case Notice(problem=problem):
            return "!", problem.what, [("why", f"{problem.why} {problem.hint}")]
        case TaskFinished(answer=answer):
            return "■", say.outcome_words(event), [("answer", answer)]
        case _:
            assert_never(event)


def _plan(plan: ContextPlan) -> list[tuple[str, str]]:
    sizes = plan.sizes or (None,) * len(plan.kept)
    kept = [
        f"{'' if size is None else format(size, ',d'):>7}  {one_line(name, 60)}"
        for name, size in zip(plan.kept, sizes, strict=False)
    ]
    gone = [f"{one_line(item.name, 60)}, {say.dropped_words(item)}" for item in plan.dropped]
    return [("in the prompt, in tokens", "\n".join(kept)), ("left out or shortened", "\n".join(gone))]


def _asked(event: ModelStarted | ModelDelta | ModelFinished | ReplyParsed) -> _Shown:
    if isinstance(event, ModelStarted):
        title = "ask the model for a category" if event.is_routing else "ask the model"
        kept = f"; {say.amount(event.kept_messages, 'message')} as before" if event.kept_messages else ""
        messages = [(str(message.role), message.content) for message in event.messages]
        return "◇", f"{title}, temperature {event.temperature:g}{kept}", messages
    if isinstance(event, ModelDelta):
        return "◇", _WRITES, []
    if isinstance(event, ModelFinished):
        words = [("reasoning", event.reply.reasoning), ("answer", event.reply.text)]
        if event.problem is not None:
            return "✗", event.problem.what, words
        return "◇", "the answer", words
    names = ", ".join(one_line(call.name, 30) for call in event.calls[:5]) or "no call"
    details = [_call(call) for call in event.calls]
    details += [(f"mended: {repair.name}", repair.detail or repair.name) for repair in event.repairs]
    details += [("not understood", str(problem)) for problem in event.problems]
    return "→", f"understand it: {names}, read as {event.dialect}", details


def _call(call: ToolCall) -> tuple[str, str]:
    lines = []
    for name, value in call.arguments.items():
        text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        lines.append(f"{name}:\n{text}" if "\n" in text else f"{name}: {text}")
    return call.name, "\n".join(lines) or "(no arguments)"


def _verdicts(report: CheckReport) -> list[tuple[str, str]]:
    return [
        (f"{say.verdict(result)} {say.place(result.target)}", result.display or result.detail)
        for result in report.results
    ]
