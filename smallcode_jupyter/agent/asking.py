"""The first half of a turn: plan the prompt, ask, parse."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, cast

from smallcode_jupyter.agent.budget import (
    Draft,
    Planned,
    fits,
    learn,
    plan_context,
    shorter_texts_of,
    texts_of,
)
from smallcode_jupyter.agent.compose import sections_of
from smallcode_jupyter.agent.flow import Done, Flow
from smallcode_jupyter.agent.parsing.parsed import Expectation, Parsed
from smallcode_jupyter.agent.parsing.reply import parse_reply
from smallcode_jupyter.agent.parsing.strict import parse_strict
from smallcode_jupyter.agent.routing import CATEGORY_WORDS, route_for
from smallcode_jupyter.protocol.effects import AskModel
from smallcode_jupyter.protocol.errors import ContextOverflow, StreamBroken
from smallcode_jupyter.protocol.events import (
    ContextReplanned,
    ModelFinished,
    ModelStarted,
    Notice,
    ReplyParsed,
    TurnFinished,
    TurnStarted,
)
from smallcode_jupyter.protocol.messages import Message
from smallcode_jupyter.protocol.model import ModelReply, ModelRequest, OneOf
from smallcode_jupyter.protocol.tools import ToolSpec

if TYPE_CHECKING:
    from smallcode_jupyter.agent.loop import Run

__all__ = ["ask"]

_ROUTE_TOKENS = 4
_MOST_REPLANS = 2
"""In one turn, for windows that are smaller than they were said to be."""
_SMALLER = 0.7
"""Of the window, where a server finds a prompt too long and nothing tells what it takes."""
_SEEDS_APART = 1_000


def ask(run: Run) -> Flow[tuple[ModelReply, Parsed]]:
    """One question and what its answer says. The turn is left open for acting on it.

    A prompt that turns out not to fit the server's window, whether the server says so or cuts it silently, is planned
    again for a smaller one; a broken stream is asked once more.
    """
    planned, specs = yield from _plan(run)
    turn = run.state.turn
    route = route_for(run.category, run.specs, reason=run.reason, scores=run.scores)
    yield from run.start(TurnStarted(turn=turn, route=route, plan=planned.plan), partial(_turn_end, turn))
    reply = yield from _answer(run, planned, specs, may_replan=True)
    for replans in range(_MOST_REPLANS):
        if isinstance(reply, ModelReply):
            break
        run.state = replace(run.state, info=replace(run.state.info, context_window=reply))
        planned, specs = yield from _plan(run)
        yield ContextReplanned(turn=turn, plan=planned.plan)
        reply = yield from _answer(run, planned, specs, may_replan=replans + 1 < _MOST_REPLANS)
    assert isinstance(reply, ModelReply)
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


def _answer(
    run: Run, planned: Planned, specs: tuple[ToolSpec, ...], *, may_replan: bool
) -> Flow[ModelReply | int]:
    """The model's answer; or the window to plan for instead, where the prompt did not fit the server's."""
    turn = run.state.turn
    may_replan = may_replan and "budget" not in run.task.without
    for is_again in (False, True):
        try:
            reply = yield from _request(run, planned, specs)
        except ContextOverflow as error:
            yield from run.finish(ModelFinished(turn=turn, reply=ModelReply(text=""), problem=error.problem))
            if not may_replan:
                raise
            return int(run.state.info.context_window * _SMALLER)
        except StreamBroken as error:
            came = error.partial or ModelReply(text="")
            yield from run.finish(ModelFinished(turn=turn, reply=came, problem=error.problem))
            if is_again:
                raise
            continue
        break
    if reply.cut is None or not may_replan:
        return reply
    yield Notice(level="warning", problem=reply.cut.problem)
    return min(reply.cut.window, run.state.info.context_window)


def _plan(run: Run) -> Flow[tuple[Planned, tuple[ToolSpec, ...]]]:
    """Count and plan the next prompt. What had to go stays out of the prompts after it, too."""
    state = run.state
    specs: tuple[ToolSpec, ...] = ()
    if state.info.profile.tool_protocol == "native" and not run.is_asking_route:
        is_routed = "routing" not in run.task.without
        specs = tuple(spec for spec in run.specs if not is_routed or spec.category == run.category)
    draft = Draft(
        state=state,
        sections=sections_of(state, run.instruction),
        exchanges=(*state.history, *((state.repair,) if state.repair else ())),
        answer_tokens=state.answer_tokens,
        specs=specs,
    )
    yield from run.count(texts_of(draft))
    if not fits(draft, run.counts):
        yield from run.count(shorter_texts_of(draft))
    planned = plan_context(draft, run.counts)
    history = planned.exchanges[:-1] if state.repair else planned.exchanges
    forgotten = state.forgotten | planned.forgotten
    run.state = replace(state, history=history, shortened=planned.shortened, forgotten=forgotten)
    return planned, specs


def _request(run: Run, planned: Planned, specs: tuple[ToolSpec, ...]) -> Flow[ModelReply]:
    state, messages = run.state, planned.messages
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
    request = ModelRequest(
        messages=messages,
        tools=specs,
        temperature=0.0 if run.is_asking_route else state.temperature,
        top_p=profile.top_p,
        max_tokens=_ROUTE_TOKENS if run.is_asking_route else planned.plan.answer_tokens,
        stop=profile.stop,
        seed=run.task.seed * _SEEDS_APART + state.turn,
        constraint=OneOf(choices=CATEGORY_WORDS) if run.is_asking_route else None,
    )
    reply = cast(ModelReply, (yield AskModel(request=request)))
    counting = state.counting
    if reply.cut is None:
        counting = learn(planned, reply.usage, has_tokenizer=state.info.has_tokenizer)
    run.state = replace(run.state, spent=run.state.spent.plus_reply(reply), counting=counting)
    problem = reply.cut.problem if reply.cut else None
    yield from run.finish(ModelFinished(turn=turn, reply=reply, problem=problem))
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
