"""Two-stage tool routing: a category first, then only its tools.

The first stage costs nothing where the words are clear: a prior over the words decides. Where they are not, the model
is asked for one word. Either way the model can leave for another category by naming it, which costs one step.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from smallcode_jupyter.protocol.events import Route
from smallcode_jupyter.protocol.tasks import Surface
from smallcode_jupyter.protocol.tools import CATEGORIES, Category, ToolSpec

__all__ = ["Prior", "category_word", "prior", "route_for"]

_WRITE = (
    r"add|adjust|allow|annotate|append|apply|build|calculate|change|clean|complete|compute|convert|correct|count|create|"
    r"debug|define|delete|document|draw|drop|edit|ensure|extend|extract|fill|filter|fit|fix|format|generate|give|group|"
    r"handle|implement|improve|insert|introduce|join|let|load|make|merge|modify|move|normali[sz]e|optimi[sz]e|parse|pivot|"
    r"plot|predict|put|raise|refactor|remove|rename|replace|resample|reshape|return|rewrite|round|save|scale|set|sort|"
    r"split|store|sum|support|train|transform|translate|turn|update|use|validate|vectori[sz]e|wrap|write"
)
_BEFORE = r"please\s+|now\s+|then\s+|can you\s+|could you\s+|in [^,\n]{1,60},\s+|in \S+\s+"
_WRITE_FIRST = re.compile(rf"^\W*(?:{_BEFORE})*(?:{_WRITE})\b", re.I)
_WRITE_ANY = re.compile(rf"\b(?:{_WRITE})\b", re.I)
_READ = re.compile(
    r"\b(explain|describe|summari[sz]e|what (?:does|do|is|are)|why|how (?:does|do|is)|show me|tell me|read|"
    r"walk me through|understand|review)\b",
    re.I,
)
_SEARCH = re.compile(
    r"\b(where (?:is|are|do|does)|which (?:file|files|module|function|class)|search|grep|look for|locate|"
    r"find (?:all|every|the file|files|where|uses|usages|references)|who calls|usages? of|references? to)\b",
    re.I,
)
_RUN = re.compile(
    r"\b(run|execute|launch|start)\b(?! length)|\b(do|does|are) (?:the |all )?tests? (?:pass|fail)|which tests? fail",
    re.I,
)
_PLAN = re.compile(
    r"\b(make|write|give|draft|propose|outline) (?:me )?(?:a |the )?(?:plan|steps|roadmap)\b|^\W*plan\b", re.I
)
_DATA_WORDS = re.compile(
    r"\b(df|dataframe|data ?frame|column|columns|row|rows|mean|average|median|sum|total|correlation|plot|chart|"
    r"histogram|array|series|csv|model|regression|accuracy)\b",
    re.I,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Prior:
    """What the words alone suggest."""

    category: Category
    is_clear: bool
    """Whether the words are clear enough to save the question to the model."""
    scores: tuple[tuple[Category, float], ...]


def prior(words: str, *, surface: Surface) -> Prior:
    """Score each category by the words. A data question in a notebook is answered by code, so it is a write."""
    first = words.strip().splitlines()[0] if words.strip() else ""
    scores: dict[Category, float] = dict.fromkeys(CATEGORIES, 0.0)
    if _WRITE_FIRST.search(first):
        scores["write"] += 3
    scores["write"] += min(1.5, 0.75 * len(_WRITE_ANY.findall(words)))
    if _PLAN.search(first):
        scores["plan"] += 6
    if _SEARCH.search(first):
        scores["search"] += 2.5
    if _READ.search(first):
        scores["read"] += 2
    if first.rstrip().endswith("?"):
        scores["read"] += 0.75
    if _RUN.search(first):
        scores["run"] += 2.5
    if surface == "notebook":
        scores["write"] += 1
        if _DATA_WORDS.search(words):
            scores["write"] += 3
    if re.match(r"\W*(what|why|how|who|explain|describe)\b", first, re.I) and not (
        surface == "notebook" and _DATA_WORDS.search(words)
    ):
        scores["read"] += 1.5
    ordered = sorted(scores.items(), key=lambda item: -item[1])
    (category, top), (_, second) = ordered[0], ordered[1]
    return Prior(
        category=category if top > 0 else "write",
        is_clear=top - second >= 0.75,
        scores=tuple((name, round(score, 2)) for name, score in ordered),
    )


def category_word(text: str) -> Category | None:
    """The category that an answer names first, or None. `answer` and `explain` count as read: no tool needed."""
    match = re.match(r"\W*(read|search|write|run|plan|answer|edit|find|test|explain)\b", text.strip(), re.I)
    if match is None:
        return None
    word = match.group(1).lower()
    table: dict[str, Category] = {
        "answer": "read",
        "explain": "read",
        "edit": "write",
        "find": "search",
        "test": "run",
        "read": "read",
        "search": "search",
        "write": "write",
        "run": "run",
        "plan": "plan",
    }
    return table[word]


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
