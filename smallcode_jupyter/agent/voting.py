"""Answers vote by what they do: those that behave alike on the same inputs are more likely right. Pure.

Small models make many different mistakes and one right answer. Where the checks cannot tell, the answer that agrees
most with the others is taken: minimum Bayes risk decoding with execution as the measure (Shi et al. 2022,
"Natural Language to Code Translation with Execution").
"""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["most_agreed", "similarity", "supporters"]

_ALIKE = 0.95
_RAISED = "raised "
_BOTH_RAISED = 0.5
_MOSTLY_RAISED = 0.3


def similarity(first: Sequence[str], second: Sequence[str], weights: Sequence[float]) -> float:
    """The weighted share of inputs, from 0 to 1, on which two answers did the same.

    Two different exceptions count half: both refused the input.
    """
    total = sum(weights)
    if not total or len(first) != len(second):
        return 0.0
    same = sum(weight * _sameness(a, b) for a, b, weight in zip(first, second, weights, strict=True))
    return same / total


def _sameness(first: str, second: str) -> float:
    if first == second:
        return 1.0
    return _BOTH_RAISED if first.startswith(_RAISED) and second.startswith(_RAISED) else 0.0


def _weights(behaviours: Sequence[Sequence[str]]) -> list[float]:
    """An input that most answers refuse was likely no sensible one: it counts less."""
    weights = []
    for outcomes in zip(*behaviours, strict=True):
        refused = sum(outcome.startswith(_RAISED) for outcome in outcomes)
        weights.append(_MOSTLY_RAISED if 2 * refused > len(outcomes) else 1.0)
    return weights


def most_agreed(behaviours: Sequence[Sequence[str]]) -> int:
    """The index of the answer that agrees most with the others; the earliest of equals.

    `behaviours`: one list of outcomes an answer, all of one length, as `Behaviour.outcomes`. Raises ValueError if
    there is none, or if the lengths differ.
    """
    weights = _weights(behaviours)
    scores = [sum(similarity(one, other, weights) for other in behaviours) for one in behaviours]
    return max(range(len(scores)), key=lambda index: (round(scores[index], 9), -index))


def supporters(behaviours: Sequence[Sequence[str]], index: int) -> int:
    """How many answers, itself among them, behave like the one at `index`."""
    weights = _weights(behaviours)
    return sum(similarity(behaviours[index], other, weights) >= _ALIKE for other in behaviours)
