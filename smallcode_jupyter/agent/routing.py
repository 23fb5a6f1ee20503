"""Two-stage tool routing: a category first, then only its tools.

The first stage costs nothing where the words are clear: a prior over the words decides (`cues.py` is its table). Where
they are not, the model is asked for one of `CATEGORY_WORDS`. Either way the model can leave for another category by
naming it, which costs one step.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from smallcode_jupyter.agent.cues import CUES, POLITE, QUESTION, SMALL_TALK, WRITE_VERBS, Form
from smallcode_jupyter.protocol.events import Route
from smallcode_jupyter.protocol.tasks import Surface, Task
from smallcode_jupyter.protocol.tools import CATEGORIES, Category, ToolSpec

__all__ = ["CATEGORY_WORDS", "CLEAR_MARGIN", "Prior", "category_word", "offered", "prior", "route_for"]

_MEANT: dict[str, Category] = {
    "read": "read",
    "write": "write",
    "answer": "read",
    "search": "search",
    "run": "run",
    "plan": "plan",
    "explain": "read",
    "edit": "write",
    "find": "search",
    "test": "run",
}
"""What a model may call a category. To answer or to explain needs no tool, and reading is what comes before it."""
CATEGORY_WORDS: tuple[str, ...] = tuple(_MEANT)[:6]
"""The words that the question for a category offers."""
CLEAR_MARGIN = 1.0
"""How far the first category must be ahead of the second for the words alone to decide."""
_MOST_CHARACTERS = 20_000
_MOST_SENTENCES = 40
_SENTENCE_CHARACTERS = 400
"""Of each sentence; what it asks for stands at its beginning."""
_LATER = 0.9
"""What a sentence after the first counts: people say first what they want."""
_TYPO_LETTERS = 5
_TYPO_WEIGHT = 2.0
_STEMS = frozenset(verb.removesuffix("e") for verb in WRITE_VERBS)
_SENTENCE = re.compile(r"(?<=[.!?;])\s+|:\s*\n|\n\s*\n|\n(?=\s*(?:[-*]|\d+[.)])\s)")
_BULLET = re.compile(r"^(?:[-*]|\d+[.)])\s+")
_QUOTED = re.compile(r"```.*?(?:```|\Z)|`[^`\n]*`|\"[^\"\n]{1,80}\"|^(?: {4}|\t).*$", re.S | re.M)
"""Code and quotations: what they say is not what the person asks."""

_NAMES = re.compile(
    r"\b(?:re-?nam(?:e[ds]?|ing)|signatures?|parameters?|callers?|references?|usages?|where\s+is\s+\S+\s+(?:used|defined))\b",
    re.I,
)
"""Asks for another name or signature, or for where a name is used."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prior:
    """What the words alone suggest."""

    category: Category
    is_clear: bool
    """Whether the words are clear enough to save the question to the model."""
    scores: tuple[tuple[Category, float], ...]


def prior(words: str, *, surface: Surface) -> Prior:
    """Score each category by the words. A data question in a notebook is answered by code, so it is a write.

    The best sentence counts for each category, so a long specification weighs no more than one order.
    """
    scores: dict[Category, float] = dict.fromkeys(CATEGORIES, 0.0)
    for number, sentence in enumerate(_sentences(words)):
        share = _LATER if number else 1.0
        for category, score in _score(sentence, surface, is_first=number == 0).items():
            scores[category] = max(scores[category], share * score)
    ordered = sorted(scores.items(), key=lambda item: -item[1])
    (category, top), (_, second) = ordered[0], ordered[1]
    return Prior(
        category=category if top > 0 else "write",
        is_clear=top - second >= CLEAR_MARGIN,
        scores=tuple((name, round(score, 2)) for name, score in ordered),
    )


def _sentences(words: str) -> list[str]:
    """In lower case, without accents; code and quotations are one letter."""
    unquoted = _QUOTED.sub(" x ", words[:_MOST_CHARACTERS])
    bare = unicodedata.normalize("NFKD", unquoted.lower().replace("’", "'"))
    bare = "".join(character for character in bare if not unicodedata.combining(character))
    parts = (_BULLET.sub("", " ".join(part.split())) for part in _SENTENCE.split(bare))
    return [part[:_SENTENCE_CHARACTERS] for part in parts if part][:_MOST_SENTENCES]


def _score(sentence: str, surface: Surface, *, is_first: bool) -> dict[Category, float]:
    scores: dict[Category, float] = dict.fromkeys(CATEGORIES, 0.0)
    if SMALL_TALK.match(sentence):
        return {**scores, "read": 3.0}
    order = sentence[match.end() :] if (match := POLITE.match(sentence)) else sentence
    form: Form = "question" if _is_question(order, is_first=is_first) else "statement"
    for cue in CUES:
        if cue.surface in (None, surface) and cue.form in (None, form) and cue.pattern.search(order):
            for category, weight in cue.weights.items():
                scores[category] += weight
    if max(scores.values()) < _TYPO_WEIGHT and _is_mistyped_order(order):
        scores["write"] += _TYPO_WEIGHT
    return scores


def _is_question(order: str, *, is_first: bool) -> bool:
    """Only the first sentence is a question without its mark: later ones say under which conditions what holds."""
    return not _is_order(order) and bool(QUESTION.search(order)) and (is_first or order.endswith("?"))


def _is_order(order: str) -> bool:
    first = order.split(maxsplit=1)[0] if order else ""
    return first in WRITE_VERBS or (first.endswith("ing") and first[:-3] in _STEMS)


def _is_mistyped_order(order: str) -> bool:
    word = re.match(r"[a-z]*", order)
    first = word[0] if word else ""
    return len(first) >= _TYPO_LETTERS and bool(get_close_matches(first, WRITE_VERBS, n=1, cutoff=0.8))


def category_word(text: str) -> Category | None:
    """The category that an answer names first, or None."""
    match = re.match(rf"\W*({'|'.join(_MEANT)})\b", text.strip(), re.I)
    return _MEANT[match.group(1).lower()] if match else None


def offered(task: Task, specs: Sequence[ToolSpec]) -> tuple[ToolSpec, ...]:
    """The tools that may be shown for a task: each costs tokens, and some are of no use for most."""
    can_run = "trial" not in task.without
    is_for_names = "index" not in task.without and _NAMES.search(task.words) is not None
    return tuple(
        spec
        for spec in specs
        if (can_run or spec.category != "run") and (is_for_names or not spec.is_for_names)
    )


def route_for(
    category: Category,
    specs: Sequence[ToolSpec],
    *,
    reason: str,
    scores: tuple[tuple[Category, float], ...] = (),
) -> Route:
    """The second stage: only this category's tools."""
    tools = tuple(spec.name for spec in specs if spec.category == category)
    return Route(category=category, tools=tools, reason=reason, scores=scores)
