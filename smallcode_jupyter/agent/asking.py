"""The first half of a turn: plan the prompt, ask, parse."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, cast

from smallcode_jupyter.agent.budget import plan_context, texts_of
from smallcode_jupyter.agent.compose import sections_of, tools_text
from smallcode_jupyter.agent.flow import Done, Flow
from smallcode_jupyter.agent.parsing.parsed import Expectation, Parsed
from smallcode_jupyter.agent.parsing.reply import parse_reply
from smallcode_jupyter.agent.parsing.strict import parse_strict
from smallcode_jupyter.agent.routing import route_for
from smallcode_jupyter.protocol.effects import AskModel
from smallcode_jupyter.protocol.errors import ContextOverflow, StreamBroken
from smallcode_jupyter.protocol.events import (
    ContextPlan,
    ModelFinished,
    ModelStarted,
    ReplyParsed,
    TurnFinished,
    TurnStarted,
)
from smallcode_jupyter.protocol.messages import Message
from smallcode_jupyter.protocol.model import ModelReply, ModelRequest
from smallcode_jupyter.protocol.tools import ToolSpec

if TYPE_CHECKING:
    from smallcode_jupyter.agent.loop import Run

__all__ = ["ask"]

_ROUTE_TOKENS = 4
_OVERFLOW_RETRIES = 2
_SEEDS_APART = 1_000


def ask(run: Run) -> Flow[tuple[ModelReply, Parsed]]:
    """One question and what its answer says. The turn is left open for acting on it.

    A prompt that the server finds too long is planned again for a smaller window; a broken stream is asked once more.
    """
    broken = overflows = 0
    is_open = False
    while True:
        plan, messages, specs = yield from _plan(run)
        turn = run.state.turn
        if not is_open:
            route = route_for(run.category, run.specs, reason=run.reason, scores=run.scores)
            yield from run.start(TurnStarted(turn=turn, route=route, plan=plan), partial(_turn_end, turn))
            is_open = True
        try:
            reply = yield from _request(run, plan, messages, specs)
        except ContextOverflow as error:
            yield from run.finish(ModelFinished(turn=turn, reply=ModelReply(text=""), problem=error.problem))
            overflows += 1
            if overflows > _OVERFLOW_RETRIES or "budget" in run.task.without:
                raise
            run.state = replace(
                run.state,
                info=replace(run.state.info, context_window=int(run.state.info.context_window * 0.7)),
            )
            continue
        except StreamBroken as error:
            came = error.partial or ModelReply(text="")
            yield from run.finish(ModelFinished(turn=turn, reply=came, problem=error.problem))
            broken += 1
            if broken > 1:
                raise
            continue
        break
    parsed = _parse(run, reply)
    yield ReplyParsed(
        turn=run.state.turn,
        dialect=parsed.dialect,
        calls=parsed.calls,
        text=parsed.text,
        repairs=parsed.repairs,
        problems=parsed.problems,
    )
    return reply, parsed


def _turn_end(turn: int, _: Done) -> TurnFinished:
    return TurnFinished(turn=turn)


def _plan(run: Run) -> Flow[tuple[ContextPlan, tuple[Message, ...], tuple[ToolSpec, ...]]]:
    state = run.state
    sections = sections_of(state, run.instruction)
    exchanges = (*state.history, *((state.repair,) if state.repair else ()))
    specs: tuple[ToolSpec, ...] = ()
    if state.info.profile.tool_protocol == "native" and not run.is_asking_route:
        is_routed = "routing" not in run.task.without
        specs = tuple(spec for spec in run.specs if not is_routed or spec.category == run.category)
    schema = tools_text(specs) * 3 if specs else ""
    yield from run.count((*texts_of(state, sections, exchanges), schema))
    plan, messages = plan_context(
        state,
        sections,
        exchanges,
        run.counts,
        answer_tokens=_ROUTE_TOKENS if run.is_asking_route else state.answer_tokens,
        tool_tokens=run.counts[schema],
    )
    return plan, messages, specs


def _request(
    run: Run, plan: ContextPlan, messages: tuple[Message, ...], specs: tuple[ToolSpec, ...]
) -> Flow[ModelReply]:
    state = run.state
    kept = _common(state.previous_prompt, messages)
    turn = state.turn
    yield from run.start(
        ModelStarted(
            turn=turn,
            messages=messages[kept:],
            kept_messages=kept,
            temperature=state.temperature,
            is_routing=run.is_asking_route,
        ),
        lambda end: ModelFinished(
            turn=turn, reply=ModelReply(text="", finish_reason="cancelled"), problem=end.problem
        ),
    )
    run.state = replace(state, previous_prompt=messages)
    profile = state.info.profile
    reply = cast(
        ModelReply,
        (
            yield AskModel(
                request=ModelRequest(
                    messages=messages,
                    tools=specs,
                    temperature=0.0 if run.is_asking_route else state.temperature,
                    top_p=profile.top_p,
                    max_tokens=plan.answer_tokens,
                    stop=profile.stop,
                    seed=run.task.seed * _SEEDS_APART + state.turn,
                )
            )
        ),
    )
    run.state = replace(run.state, spent=run.state.spent.plus_reply(reply))
    yield from run.finish(ModelFinished(turn=turn, reply=reply))
    return reply


def _common(previous: tuple[Message, ...], messages: tuple[Message, ...]) -> int:
    count = 0
    for before, now in zip(previous, messages, strict=False):
        if before != now:
            break
        count += 1
    return count


def _parse(run: Run, reply: ModelReply) -> Parsed:
    state = run.state
    expectation = Expectation(
        default_path=state.target if run.category == "write" else None,
        known_paths=state.context.paths,
        accepts_blocks=run.category == "write" and not run.is_asking_route,
        reasoning_tags=state.info.profile.reasoning_tags,
        first_id=len(state.calls) + 1,
    )
    parse = parse_strict if "parsing" in run.task.without else parse_reply
    return parse(reply, specs=run.specs, expectation=expectation)
