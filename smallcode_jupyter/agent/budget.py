"""What fits: which sections and exchanges go into the next prompt, whole, shortened or not, with a reason for each cut.

Cuts are made where the least is lost, and stay: a prompt that changes at its beginning is read anew by the server, so
the history is cut rarely and then by more than is needed at once.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from smallcode_jupyter.agent.compose import Section, messages_of
from smallcode_jupyter.agent.cuts import (
    Cut,
    Part,
    at_level,
    cuts_of,
    shorter_text,
    size_of,
    template_tokens,
    texts_in,
)
from smallcode_jupyter.agent.prompts import render
from smallcode_jupyter.agent.state import Counting, Exchange, RunState
from smallcode_jupyter.agent.worth import worths_of
from smallcode_jupyter.protocol.errors import ContextOverflow
from smallcode_jupyter.protocol.events import ContextPlan, Dropped
from smallcode_jupyter.protocol.messages import Message
from smallcode_jupyter.protocol.model import Usage
from smallcode_jupyter.protocol.tools import ToolSpec

__all__ = ["Draft", "Planned", "fits", "learn", "plan_context", "shorter_texts_of", "texts_of"]

_MARGIN = 16
"""Tokens that stay free: texts counted one by one are not quite their sum."""
_LEAST_ANSWER = 256
_HEADROOM = 0.45
"""Share of the room that is cleared when the history must be cut, so that it is not cut again at the next turn."""
_LEAST_SCALE, _MOST_SCALE = 0.5, 3.0
"""Of estimates."""
_SCALE_MARGIN = 1.15
"""Other texts than those seen so far may have more tokens than is estimated."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """All that the next prompt could hold."""

    state: RunState
    sections: tuple[Section, ...]
    """As a prompt without limits would have them."""
    exchanges: tuple[Exchange, ...]
    answer_tokens: int
    """Wanted for the answer."""
    specs: tuple[ToolSpec, ...] = ()
    """Tools offered natively."""

    @property
    def is_planned(self) -> bool:
        """False where the budget is switched off."""
        return "budget" not in self.state.task.without

    @property
    def schemas(self) -> str:
        """The native tools, about as a chat template shows them."""
        return "\n".join(json.dumps(spec.schema()) for spec in self.specs)

    @property
    def counting(self) -> Counting:
        """What this run has learned of the server's counts, else what the runs before it have."""
        known = self.state.info.tokens_per_estimate
        if self.state.counting.is_learned or known is None:
            return self.state.counting
        return Counting(scale=_scale(known), is_learned=True)

    @property
    def answer_room(self) -> int:
        """Tokens kept for the answer: what is wanted, but never more than half of the window."""
        if not self.is_planned:
            return self.answer_tokens
        return min(self.answer_tokens, max(self.state.info.context_window // 2, 64))

    @property
    def room(self) -> int:
        """Tokens for the prompt, before calibration."""
        free = self.state.info.context_window - self.answer_room - _MARGIN - self.extra
        return math.floor(free / self.counting.scale)

    @property
    def base_template(self) -> int:
        """Tokens assumed for the template of the first two messages and the tools."""
        opening = (Message(role="system", content=""), Message(role="user", content=""))
        return template_tokens(opening, self.specs)

    @property
    def extra(self) -> int:
        """What the template is known to add to that; below 0 where it adds less, but never more than all of it."""
        return max(self.counting.extra, -self.base_template)

    def told(self, tokens: int) -> int:
        """A part's tokens, calibrated."""
        return math.ceil(tokens * self.counting.scale)

    def told_prompt(self, tokens: int) -> int:
        """The whole prompt's tokens, calibrated."""
        return self.told(tokens) + self.extra


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """The next prompt, and what of the draft is left for the ones after it."""

    plan: ContextPlan
    messages: tuple[Message, ...]
    exchanges: tuple[Exchange, ...]
    shortened: Mapping[str, int]
    """As `RunState.shortened`."""
    forgotten: frozenset[str]
    """Ids of calls whose answers went, or were shortened."""
    counted_tokens: int
    """Of the prompt before calibration. `learn` compares them with what the server reports."""
    counting: Counting
    """Their calibration."""


def texts_of(draft: Draft) -> tuple[str, ...]:
    """Every text of the whole prompt, to be counted."""
    texts = [_system(draft.state), draft.schemas]
    for part in _parts(draft):
        texts += [part.text] if isinstance(part, Section) else texts_in(part)
    return tuple(dict.fromkeys(texts))


def shorter_texts_of(draft: Draft) -> tuple[str, ...]:
    """What must be counted beyond that where the whole prompt does not fit."""
    texts = [text for part in _parts(draft) if isinstance(part, Section) for text in part.shorter]
    worths = worths_of(draft.state, draft.exchanges)
    for exchange, of_results in zip(draft.exchanges, worths, strict=True):
        for result, worth in zip(exchange.results, of_results, strict=True):
            texts += [result.content, shorter_text(result, worth)]
    return tuple(dict.fromkeys(texts))


def fits(draft: Draft, counts: Mapping[str, int]) -> bool:
    """Whether nothing has to be cut. `counts` has the tokens of `texts_of`."""
    return not draft.is_planned or _total(draft, counts) <= draft.room


def plan_context(draft: Draft, counts: Mapping[str, int]) -> Planned:
    """The next prompt. Raises ContextOverflow if what must stay does not fit.

    `counts` has the tokens of `texts_of` and, unless the draft `fits`, of `shorter_texts_of`. Always stay: the system
    prompt, sections without a weight, pinned sections and answers (perhaps shortened), the last exchange. An exchange
    goes whole or keeps all its messages, so no call loses its answer. Where the budget is switched off, everything
    stays, and the server must see how it copes.
    """
    parts: list[Part | None] = [*_parts(draft)]
    sizes = [size_of(part, counts) for part in parts if part is not None]
    total, gone = _total(draft, counts), dict[int, Dropped]()
    answer = draft.answer_room
    if not fits(draft, counts):
        why = f"{draft.told(total):,} tokens do not fit into {draft.told(draft.room):,}"
        for cut in _cuts(draft, counts):
            goal = draft.room * (1 - _HEADROOM) if cut.is_old else draft.room
            if total <= goal or cut.tokens >= sizes[cut.index]:
                continue
            before = gone[cut.index].tokens if cut.index in gone else draft.told(sizes[cut.index])
            total -= sizes[cut.index] - cut.tokens
            parts[cut.index], sizes[cut.index] = cut.shorter, cut.tokens
            gone[cut.index] = Dropped(
                name=_parts(draft)[cut.index].name,
                tokens=before,
                reason=f"{cut.reason}; {why}",
                kept_tokens=draft.told(cut.tokens),
            )
        answer = _answer_left(draft, total)
    return _planned(draft, parts, sizes, total, answer, tuple(gone.values()))


def _answer_left(draft: Draft, total: int) -> int:
    """The room for the answer, made smaller where that is the last thing that helps. Raises ContextOverflow."""
    window = draft.state.info.context_window
    answer = min(draft.answer_room, window - _MARGIN - draft.told_prompt(total))
    if answer < min(draft.answer_room, _LEAST_ANSWER):
        raise ContextOverflow(
            f"The task needs {draft.told_prompt(total):,} tokens, and "
            f"{max(0, window - _MARGIN - min(draft.answer_room, _LEAST_ANSWER)):,} are free.",
            why=f"The window of the model is {window:,} tokens, and all that can be left out is left out already.",
            hint="Shorten the request, or start the model with a larger context.",
        )
    return answer


def _planned(
    draft: Draft,
    parts: Sequence[Part | None],
    sizes: Sequence[int],
    total: int,
    answer: int,
    dropped: tuple[Dropped, ...],
) -> Planned:
    state = draft.state
    held = [(part, size) for part, size in zip(parts, sizes, strict=True) if part is not None]
    sections = [part for part, _ in held if isinstance(part, Section)]
    exchanges = tuple(part for part, _ in held if isinstance(part, Exchange))
    messages = messages_of(state, sections, exchanges)
    is_stable = messages[:2] == state.previous_prompt[:2] if state.previous_prompt else True
    base = total - sum(size for _, size in held)
    plan = ContextPlan(
        window=state.info.context_window,
        prompt_tokens=draft.told_prompt(total),
        answer_tokens=answer,
        kept=("system prompt", *(part.name for part, _ in held)),
        sizes=tuple(draft.told(size) for size in (base, *(size for _, size in held))),
        dropped=dropped,
        shared_tokens=draft.told(_shared(state.previous_prompt, messages, total)),
        is_estimated=not state.info.has_tokenizer,
        is_prefix_stable=is_stable,
        reason="" if is_stable else _why_broken(state, dropped),
    )
    return Planned(
        plan=plan,
        messages=messages,
        exchanges=exchanges,
        shortened=_levels(draft, sections),
        forgotten=frozenset(call_id for call_id, _ in _results(draft.exchanges) - _results(exchanges)),
        counted_tokens=total,
        counting=draft.counting,
    )


def learn(planned: Planned, usage: Usage, *, has_tokenizer: bool) -> Counting:
    """What the server's count of the prompt just read says about ours. The most cautious lesson stays.

    A template adds less to a message than is assumed, so what it adds beyond that shows best in a short prompt; and
    some servers report only what was not in their cache, which must not look like few tokens.
    """
    before = planned.counting
    if usage.is_estimated or usage.prompt_tokens <= 0:
        return before
    now = Counting(
        scale=1.0 if has_tokenizer else _scale(usage.prompt_tokens / planned.counted_tokens),
        extra=usage.prompt_tokens - planned.counted_tokens if has_tokenizer else 0,
        is_learned=True,
    )
    if not before.is_learned:
        return now
    return replace(now, scale=max(now.scale, before.scale), extra=max(now.extra, before.extra))


def _scale(tokens_per_estimate: float) -> float:
    return min(max(_SCALE_MARGIN * tokens_per_estimate, _LEAST_SCALE), _MOST_SCALE)


def _system(state: RunState) -> str:
    return render("system_notebook" if state.task.surface == "notebook" else "system")


def _parts(draft: Draft) -> list[Part]:
    """Sections and exchanges as the prompt before left them."""
    sections = [at_level(section, draft.state.shortened.get(section.name, 0)) for section in draft.sections]
    return [*(section for section in sections if section is not None), *draft.exchanges]


def _levels(draft: Draft, sections: Sequence[Section]) -> Mapping[str, int]:
    left = {section.name: len(section.shorter) for section in sections}
    levels = {section.name: len(section.shorter) - left.get(section.name, -1) for section in draft.sections}
    return {**draft.state.shortened, **{name: level for name, level in levels.items() if level}}


def _total(draft: Draft, counts: Mapping[str, int]) -> int:
    """Of the whole prompt, before calibration."""
    base = counts[_system(draft.state)] + counts[draft.schemas] + draft.base_template
    return base + sum(size_of(part, counts) for part in _parts(draft))


def _cuts(draft: Draft, counts: Mapping[str, int]) -> list[Cut]:
    """The cheapest first."""
    worths = worths_of(draft.state, draft.exchanges)
    return sorted(cuts_of(_parts(draft), worths, counts), key=lambda cut: cut.value)


def _shared(previous: Sequence[Message], messages: Sequence[Message], total: int) -> int:
    """How many of the prompt's tokens the one before began with, too, by its characters."""
    shared = 0
    for before, now in zip(previous, messages, strict=False):
        if before != now:
            shared += _common(before.content, now.content)
            break
        shared += len(now.content)
    characters = sum(len(message.content) for message in messages)
    return total * shared // max(1, characters)


def _common(before: str, now: str) -> int:
    """Length of the common beginning."""
    low, high = 0, min(len(before), len(now))
    while low < high:
        middle = (low + high + 1) // 2
        if before.startswith(now[:middle]):
            low = middle
        else:
            high = middle - 1
    return low


def _results(exchanges: Sequence[Exchange]) -> set[tuple[str, str]]:
    """Each result with the call that it answers."""
    return {(result.call_id, result.content) for exchange in exchanges for result in exchange.results}


def _why_broken(state: RunState, dropped: Sequence[Dropped]) -> str:
    if dropped:
        more = f" and {len(dropped) - 3} more" if len(dropped) > 3 else ""
        return "left out to fit: " + ", ".join(drop.name for drop in dropped[:3]) + more
    return "the edit format changed" if state.failed_edits else "the instruction changed"
