"""Every way to make room in a prompt, and what each would lose. Pure."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from smallcode_jupyter.agent.compose import Section
from smallcode_jupyter.agent.prompts import render
from smallcode_jupyter.agent.state import Exchange
from smallcode_jupyter.agent.worth import Worth
from smallcode_jupyter.protocol.messages import Message
from smallcode_jupyter.protocol.tools import ToolResult, ToolSpec

__all__ = ["Cut", "Part", "at_level", "cuts_of", "shorter_text", "size_of", "template_tokens", "texts_in"]

_MESSAGE_TOKENS = 8
"""That a chat template adds to a message; most add five."""
_CALL_TOKENS = 16
"""That it adds to a native call, and to the answer to one."""
_PROMPT_TOKENS = 16
"""That it opens the prompt and the answer with."""
_TOOLS_TOKENS = 200
"""With which it introduces native tools."""
_LAST = 2.2
"""What the last exchange is worth: it was just asked for, so it is shortened only after lesser sections."""

Part = Section | Exchange
"""Of a prompt, after its system prompt."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """One way to make room."""

    index: int
    """Of the part that it takes from."""
    value: float
    """What is lost: the lowest goes first."""
    shorter: Part | None
    """What stands there afterwards; None: nothing."""
    tokens: int
    """Of that, before calibration."""
    reason: str
    is_old: bool = False
    """From the part of the history that nothing needs: cut with headroom."""


def cuts_of(
    parts: Sequence[Part], worths: Sequence[Sequence[Worth]], counts: Mapping[str, int]
) -> Iterator[Cut]:
    """Every cut that may be made. Those of one part lose more and more, each takes the place of the one before.

    `worths` has one entry for each exchange among the parts; these stand at the end. What has no weight and the last
    exchange are never left out, what is pinned is only shortened.
    """
    first = len(parts) - len(worths)
    for index, part in enumerate(parts):
        if isinstance(part, Section):
            yield from _section_cuts(index, part, counts)
        elif index == len(parts) - 1:
            yield from _last_cuts(index, part, worths[-1], counts)
        else:
            age = (index - first) / len(worths)
            yield from _exchange_cuts(index, part, worths[index - first], counts, age=age)


def _section_cuts(index: int, section: Section, counts: Mapping[str, int]) -> Iterator[Cut]:
    if section.weight is None:
        return
    value = section.weight + (1 if section.is_pinned else 0)
    reason = "even what is needed most" if section.is_pinned else "needed less than the rest"
    for level in range(1, len(section.shorter) + 1):
        shorter = at_level(section, level)
        assert shorter is not None
        tokens = size_of(shorter, counts)
        yield Cut(index=index, value=value - 0.3 + 0.1 * level, shorter=shorter, tokens=tokens, reason=reason)
    if not section.is_pinned:
        yield Cut(index=index, value=value + 0.1, shorter=None, tokens=0, reason=reason)


def at_level(section: Section, level: int) -> Section | None:
    """The section in its shorter form of this number; None beyond the last."""
    if level == 0:
        return section
    if level > len(section.shorter):
        return None
    return replace(section, text=section.shorter[level - 1], shorter=section.shorter[level:])


def _exchange_cuts(
    index: int, exchange: Exchange, worths: Sequence[Worth], counts: Mapping[str, int], *, age: float
) -> Iterator[Cut]:
    """`age` is 0 for the oldest exchange and nearly 1 for the last but one.

    Of what is worth nothing the latest goes first: all before it stays in the server's cache. Of the rest the oldest
    goes first.
    """
    useless = [worth.reason for worth in worths if worth.value == 0.0]
    pins = [worth for worth in worths if worth.value > 1.0]
    if useless and len(useless) == len(worths):
        yield Cut(index=index, value=-age, shorter=None, tokens=0, reason=useless[0], is_old=True)
        return
    stages = [(0.0, -age, useless[0])] if useless else []
    stages.append((1.0, 0.2 + 0.1 * age, "old"))
    tokens = size_of(exchange, counts)
    for upto, value, reason in stages:
        exchange, saved = _shortened(exchange, worths, upto, counts)
        tokens -= saved
        if saved:
            yield Cut(index=index, value=value, shorter=exchange, tokens=tokens, reason=reason, is_old=True)
    if not pins:
        yield Cut(index=index, value=0.3 + 0.1 * age, shorter=None, tokens=0, reason="old", is_old=True)
        return
    exchange, saved = _shortened(exchange, worths, math.inf, counts)
    value = max(pin.value for pin in pins)
    reason = f"even {pins[0].reason}"
    if saved:
        yield Cut(index=index, value=value, shorter=exchange, tokens=tokens - saved, reason=reason)


def _last_cuts(
    index: int, exchange: Exchange, worths: Sequence[Worth], counts: Mapping[str, int]
) -> Iterator[Cut]:
    shorter, saved = _shortened(exchange, worths, math.inf, counts)
    value = max([_LAST, *(worth.value for worth in worths)])
    tokens = size_of(exchange, counts) - saved
    if saved:
        reason = "even what was just asked for"
        yield Cut(index=index, value=value, shorter=shorter, tokens=tokens, reason=reason)


def _shortened(
    exchange: Exchange, worths: Sequence[Worth], upto: float, counts: Mapping[str, int]
) -> tuple[Exchange, int]:
    """With each result that is worth at most `upto` in its shorter form; and the tokens that saves."""
    answers, results, saved = list(exchange.answers), list(exchange.results), 0
    for number, (result, worth) in enumerate(zip(exchange.results, worths, strict=True)):
        if worth.value > upto:
            continue
        text = shorter_text(result, worth)
        place = next((n for n, answer in enumerate(answers) if result.content in answer.content), None)
        gain = counts[result.content] - counts[text]
        if place is None or gain <= 0:
            continue
        content = answers[place].content.replace(result.content, text, 1)
        answers[place] = replace(answers[place], content=content)
        results[number] = replace(result, content=text, brief="")
        saved += gain
    return replace(exchange, answers=tuple(answers), results=tuple(results)), saved


def shorter_text(result: ToolResult, worth: Worth) -> str:
    """What stands for the result when room is short; itself where there is nothing shorter."""
    if worth.value == 0.0:
        return render("left_out", reason=worth.reason)
    return result.brief or result.content


def texts_in(exchange: Exchange) -> tuple[str, ...]:
    """All that a chat template writes of its messages."""
    messages = (exchange.assistant, *exchange.answers)
    calls = [call for message in messages for call in message.calls]
    return (
        *(message.content for message in messages),
        *(f"{call.name} {json.dumps(dict(call.arguments))}" for call in calls),
    )


def template_tokens(messages: Sequence[Message], specs: Sequence[ToolSpec] = ()) -> int:
    """That a chat template adds to a prompt of these messages and native tools, with some to spare."""
    calls = sum(len(message.calls) + (message.call_id is not None) for message in messages)
    tools = _TOOLS_TOKENS if specs else 0
    return _PROMPT_TOKENS + _MESSAGE_TOKENS * len(messages) + _CALL_TOKENS * calls + tools


def size_of(part: Part, counts: Mapping[str, int]) -> int:
    """Tokens of a part with what the template adds to its messages, before calibration."""
    if isinstance(part, Section):
        return counts[part.text] + 2
    template = template_tokens((part.assistant, *part.answers)) - _PROMPT_TOKENS
    return sum(counts[text] for text in texts_in(part)) + template
