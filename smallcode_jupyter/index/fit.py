"""As much of the ranking as fits a token budget: files with their reasons, and signatures of what they define."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from smallcode_jupyter.index.facts import Symbol
from smallcode_jupyter.index.rank import Ranked

__all__ = ["Fitted", "Shown", "fit"]

Count = Callable[[str], int]
"""Tokens of a text."""
_REASONS = 2
_FIELDS = frozenset({"field", "impl", "id", "selector", "heading"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A file of the map."""

    path: str
    reasons: tuple[str, ...]
    score: float
    text: str
    """The path with its reasons, and a line for each definition that is shown."""
    lines: str
    """These lines alone."""
    left_out: int
    """Definitions that are not shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitted:
    """A map of the workspace for one task."""

    files: tuple[Shown, ...]
    tokens: int
    """Of all texts."""
    left_out: int
    """Ranked files that did not fit."""

    @property
    def text(self) -> str:
        """The whole map."""
        return "\n".join(one.text for one in self.files)


@dataclass(slots=True)
class _Draft:
    ranked: Ranked
    lines: dict[int, str] = field(default_factory=dict)


def fit(ranked: Sequence[Ranked], *, budget: int, count: Count) -> Fitted:
    """The map that fits `budget` tokens: each file with what the words are about, then the rest of what it defines.

    A file that does not fit ends the list, so that what is shown is always the best.
    """
    left = budget
    drafts: list[_Draft] = []
    for one in ranked:
        draft = _Draft(one)
        cost = count(_head(one)) + 1
        for at in sorted(one.matched):
            line = _line(one.symbols[at])
            if cost + count(line) + 1 <= left:
                draft.lines[at] = line
                cost += count(line) + 1
        if cost > left:
            break
        left -= cost
        drafts.append(draft)
    for draft in drafts:
        for at, symbol in enumerate(draft.ranked.symbols):
            if at in draft.lines or symbol.kind in _FIELDS or symbol.name.startswith("_"):
                continue
            line = _line(symbol)
            cost = count(line) + 1
            if cost > left:
                break
            left -= cost
            draft.lines[at] = line
    return Fitted(files=tuple(map(_shown, drafts)), tokens=budget - left, left_out=len(ranked) - len(drafts))


def _head(one: Ranked) -> str:
    return f"{one.file.path} ({'; '.join(one.reasons[:_REASONS])})"


def _line(symbol: Symbol) -> str:
    indent = "  " * (1 + (bool(symbol.owner) and symbol.owner.count(".") + 1))
    return f"{indent}{symbol.signature or symbol.name}"


def _shown(draft: _Draft) -> Shown:
    one = draft.ranked
    countable = sum(symbol.kind not in _FIELDS for symbol in one.symbols)
    lines = [line for _, line in sorted(draft.lines.items())]
    return Shown(
        path=one.file.path,
        reasons=one.reasons,
        score=one.score,
        text="\n".join([_head(one), *lines]),
        lines="\n".join(lines),
        left_out=max(0, countable - len(lines)),
    )
