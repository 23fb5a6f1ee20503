"""What fits: which sections and exchanges go into the next prompt, with a reason for each that does not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from smallcode_jupyter.agent.compose import Section, messages_of
from smallcode_jupyter.agent.prompts import render
from smallcode_jupyter.agent.state import Exchange, RunState
from smallcode_jupyter.protocol.errors import ContextOverflow
from smallcode_jupyter.protocol.events import ContextPlan, Dropped
from smallcode_jupyter.protocol.messages import Message

__all__ = ["MESSAGE_OVERHEAD", "plan_context", "texts_of"]

MESSAGE_OVERHEAD = 12
"""Tokens a chat template adds to a message, generously."""


def texts_of(state: RunState, sections: Sequence[Section], exchanges: Sequence[Exchange]) -> tuple[str, ...]:
    """Every text that `plan_context` needs counted."""
    texts = [_system(state)] + [section.text for section in sections]
    for exchange in exchanges:
        texts += [exchange.assistant.content, *(answer.content for answer in exchange.answers)]
    return tuple(dict.fromkeys(texts))


def _system(state: RunState) -> str:
    return render("system_notebook" if state.task.surface == "notebook" else "system")


def _exchange_tokens(exchange: Exchange, counts: Mapping[str, int]) -> int:
    contents = (exchange.assistant.content, *(answer.content for answer in exchange.answers))
    return sum(counts[content] + MESSAGE_OVERHEAD for content in contents)


def plan_context(
    state: RunState,
    sections: Sequence[Section],
    exchanges: Sequence[Exchange],
    counts: Mapping[str, int],
    *,
    answer_tokens: int,
    tool_tokens: int = 0,
) -> tuple[ContextPlan, tuple[Message, ...]]:
    """Leave out what weighs least until prompt and answer fit the window. Raises ContextOverflow if that is not enough.

    Sections without a weight and the last exchange always stay. An exchange goes whole, so no call loses its answer.
    Where the budget is switched off, everything stays, and the server must see how it copes.
    """
    window = state.info.context_window
    if "budget" not in state.task.without:
        answer_tokens = min(answer_tokens, max(window // 2, 64))
    room = window - answer_tokens - 16
    kept, turns, dropped = list(sections), list(exchanges), list[Dropped]()

    def total() -> int:
        texts = counts[_system(state)] + tool_tokens + 2 * MESSAGE_OVERHEAD
        texts += sum(counts[section.text] + 2 for section in kept)
        return texts + sum(_exchange_tokens(exchange, counts) for exchange in turns)

    is_planned = "budget" not in state.task.without
    while (tokens := total()) > room and is_planned:
        drop = _drop_least(kept, turns, counts, reason=f"{tokens:,} tokens do not fit into {room:,}")
        if drop is None:
            raise _overflow(tokens, room, window, answer_tokens)
        dropped.append(drop)
    messages = messages_of(state, kept, turns)
    is_stable = _is_prefix(state.previous_prompt, messages)
    names = ("system prompt", *(section.name for section in kept), *(exchange.name for exchange in turns))
    return (
        ContextPlan(
            window=window,
            prompt_tokens=tokens,
            answer_tokens=answer_tokens,
            kept=names,
            dropped=tuple(dropped),
            is_prefix_stable=is_stable,
            reason="" if is_stable else _why_broken(state, dropped),
        ),
        messages,
    )


def _drop_least(
    kept: list[Section], turns: list[Exchange], counts: Mapping[str, int], *, reason: str
) -> Dropped | None:
    """Take out the oldest exchange but the last, else the lightest section. None if nothing may go."""
    if len(turns) > 1:
        oldest = turns.pop(0)
        return Dropped(name=oldest.name, tokens=_exchange_tokens(oldest, counts), reason=reason)
    candidates = [section for section in kept if section.weight is not None]
    if not candidates:
        return None
    least = min(candidates, key=lambda section: (section.weight or 0.0, -counts[section.text]))
    kept.remove(least)
    return Dropped(name=least.name, tokens=counts[least.text], reason=reason)


def _overflow(tokens: int, room: int, window: int, answer_tokens: int) -> ContextOverflow:
    return ContextOverflow(
        f"The task needs {tokens:,} tokens, and {room:,} are free.",
        why=f"The window of the model is {window:,} tokens, {answer_tokens:,} of them kept for the answer.",
        hint="Shorten the request, or start the model with a larger context.",
    )


def _is_prefix(previous: tuple[Message, ...], messages: tuple[Message, ...]) -> bool:
    """Whether system and first user message are the same bytes: all that comes later only extends them."""
    return messages[:2] == previous[:2] if previous else True


def _why_broken(state: RunState, dropped: Sequence[Dropped]) -> str:
    if dropped:
        return "left out to fit: " + ", ".join(drop.name for drop in dropped)
    return "the edit format changed" if state.failed_edits else "the instruction changed"
