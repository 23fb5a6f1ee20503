"""What each prompt of a run held, what had to go for it, and how much of it the server had read before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from smallcode_jupyter.protocol.events import (
    ContextPlan,
    ContextReplanned,
    Dropped,
    Envelope,
    ModelFinished,
    TurnStarted,
)
from smallcode_jupyter.protocol.model import Usage
from smallcode_jupyter.protocol.tools import Json
from smallcode_jupyter.render.plain import one_line
from smallcode_jupyter.render.words import amount, dropped_words

__all__ = ["PlannedPrompt", "context_json", "context_text", "prompts_of"]

_NOTHING = Usage()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedPrompt:
    """One prompt as it was planned and as it was read."""

    turn: int
    category: str
    """Of tools offered."""
    plan: ContextPlan
    is_again: bool = False
    """Whether the turn's first prompt did not fit after all."""
    usage: Usage = _NOTHING
    """Of the answer to it, all attempts together; nothing where none came."""
    problem: str = ""
    """Why no whole answer came; empty if one did."""

    @property
    def left_out(self) -> tuple[Dropped, ...]:
        """What left with this prompt altogether."""
        return tuple(item for item in self.plan.dropped if not item.kept_tokens)

    @property
    def shortened(self) -> tuple[Dropped, ...]:
        """What is shown in a shorter form from this prompt on."""
        return tuple(item for item in self.plan.dropped if item.kept_tokens)

    @property
    def parts(self) -> tuple[tuple[str, int | None], ...]:
        """What is in it, with its tokens; None in traces that do not tell."""
        sizes = self.plan.sizes or (None,) * len(self.plan.kept)
        return tuple(zip(self.plan.kept, sizes, strict=False))


def prompts_of(envelopes: Iterable[Envelope]) -> tuple[PlannedPrompt, ...]:
    """The prompts of a run, in order."""
    prompts: list[PlannedPrompt] = []
    for envelope in envelopes:
        event = envelope.event
        if isinstance(event, TurnStarted):
            prompts.append(PlannedPrompt(turn=event.turn, category=event.route.category, plan=event.plan))
        elif isinstance(event, ContextReplanned) and prompts:
            category = prompts[-1].category
            prompts.append(PlannedPrompt(turn=event.turn, category=category, plan=event.plan, is_again=True))
        elif isinstance(event, ModelFinished) and prompts:
            problem = event.problem.what if event.problem else ""
            prompts[-1] = replace(
                prompts[-1], usage=_sum(prompts[-1].usage, event.reply.usage), problem=problem
            )
    return tuple(prompts)


def _sum(first: Usage, second: Usage) -> Usage:
    return Usage(
        prompt_tokens=first.prompt_tokens + second.prompt_tokens,
        cached_tokens=first.cached_tokens + second.cached_tokens,
        is_estimated=first.is_estimated or second.is_estimated,
    )


def context_text(prompts: Sequence[PlannedPrompt]) -> str:
    """Every prompt as a block of lines, and the whole run on the last one."""
    usage = _NOTHING
    for prompt in prompts:
        usage = _sum(usage, prompt.usage)
    gone = sum(len(prompt.left_out) for prompt in prompts)
    shorter = sum(len(prompt.shortened) for prompt in prompts)
    cuts = f"{amount(gone, 'part')} left out, {shorter} shortened"
    total = f"{amount(len(prompts), 'prompt')}: {_read_words(usage)}; {cuts}"
    return "\n\n".join([*(_block(prompt) for prompt in prompts), total])


def _block(prompt: PlannedPrompt) -> str:
    plan = prompt.plan
    about = "about " if plan.is_estimated else ""
    again = ", planned again" if prompt.is_again else ""
    lines = [
        f"turn {prompt.turn} ({prompt.category}){again}: {about}{plan.prompt_tokens:,} tokens of {plan.window:,}, "
        f"{plan.answer_tokens:,} kept for the answer",
        *(
            f"  {'' if size is None else format(size, ',d'):>7}  {one_line(name, 80)}"
            for name, size in prompt.parts
        ),
    ]
    for title, items in (("shortened", prompt.shortened), ("left out", prompt.left_out)):
        lines += [f"  {title}: {one_line(item.name, 80)}, {dropped_words(item)}" for item in items]
    if plan.reason:
        lines.append(f"  begins otherwise than the prompt before: {one_line(plan.reason, 200)}")
    if prompt.usage.prompt_tokens:
        lines.append(f"  {_read_words(prompt.usage)}")
    elif plan.shared_tokens:
        lines.append(f"  {plan.shared_tokens:,} of its first tokens are those of the prompt before")
    if prompt.problem:
        lines.append(f"  no whole answer: {one_line(prompt.problem, 200)}")
    return "\n".join(lines)


def _read_words(usage: Usage) -> str:
    about = "about " if usage.is_estimated else ""
    share = _share(usage)
    cached = f", {usage.cached_tokens:,} of them from the cache ({share:.0%})" if share is not None else ""
    return f"the server read {about}{amount(usage.prompt_tokens, 'token')}{cached}"


def _share(usage: Usage) -> float | None:
    """Of the tokens read, those from the cache; None where nothing was read or the server does not tell."""
    if usage.is_estimated or not usage.prompt_tokens:
        return None
    return usage.cached_tokens / usage.prompt_tokens


def context_json(prompts: Sequence[PlannedPrompt]) -> list[Json]:
    """The same as JSON, an object for each prompt."""
    return [
        {
            "turn": prompt.turn,
            "category": prompt.category,
            "is_again": prompt.is_again,
            "window": prompt.plan.window,
            "prompt_tokens": prompt.plan.prompt_tokens,
            "answer_tokens": prompt.plan.answer_tokens,
            "is_estimated": prompt.plan.is_estimated,
            "kept": [{"name": name, "tokens": size} for name, size in prompt.parts],
            "shortened": [_dropped_json(item) for item in prompt.shortened],
            "left_out": [_dropped_json(item) for item in prompt.left_out],
            "shared_tokens": prompt.plan.shared_tokens,
            "why_prefix_changed": prompt.plan.reason,
            "read_tokens": prompt.usage.prompt_tokens,
            "cached_tokens": prompt.usage.cached_tokens,
            "cache_share": _share(prompt.usage),
            "problem": prompt.problem,
        }
        for prompt in prompts
    ]


def _dropped_json(item: Dropped) -> Json:
    return {
        "name": item.name,
        "tokens": item.tokens,
        "kept_tokens": item.kept_tokens,
        "reason": item.reason,
    }
