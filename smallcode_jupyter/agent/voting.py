"""Answers vote by what they do: those that behave alike on the same inputs are more likely right. Pure.

Small models make many different mistakes and one right answer. Where the checks cannot tell, the answer that agrees
most with the others is taken: minimum Bayes risk decoding with execution as the measure (Shi et al. 2022,
"Natural Language to Code Translation with Execution").
"""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["most_agreed", "supporters", "tells_apart"]

_ALIKE = 0.95
_RAISED = "raised "
_BROKE = "broke "
_BOTH_RAISED = 0.5
_MOSTLY_RAISED = 0.3
_FEWEST_INPUTS = 3


def most_agreed(behaviours: Sequence[Sequence[str]]) -> int:
    """The index of the answer that agrees most with the others; the earliest of equals.

    Where an answer broke it agrees with nobody, and has no say about the others. One that gives the same whatever comes
    in is taken only if all do: answers that overlook their input are wrong in many ways and alike in what they give.
    `behaviours`: one list of outcomes an answer, all of one length, as `Behaviour.outcomes`. Raises ValueError if
    there is none, or if the lengths differ.
    """
    weights = _weights(behaviours)
    scores = [sum(_support(one, other, weights) for other in behaviours) for one in behaviours]
    telling = [index for index, outcomes in enumerate(behaviours) if tells_apart(outcomes)]
    return max(telling or range(len(scores)), key=lambda index: (round(scores[index], 9), -index))


def tells_apart(outcomes: Sequence[str]) -> bool:
    """Whether an answer gives different values for different inputs. One that breaks on most of them does not."""
    if len(outcomes) < _FEWEST_INPUTS:
        return True
    values = [outcome.partition(" ")[0] if outcome.startswith(_RAISED) else outcome for outcome in outcomes]
    values = [value for value in values if not value.startswith(_BROKE)]
    return 2 * len(values) > len(outcomes) and len(set(values)) > 1


def supporters(behaviours: Sequence[Sequence[str]], index: int) -> int:
    """How many answers, itself among them, behave like the one at `index`.

    Inputs on which one of two broke are left out of their comparison; too few others are no evidence.
    """
    weights = _weights(behaviours)
    chosen = behaviours[index]
    return 1 + sum(
        _is_alike(chosen, other, weights) for place, other in enumerate(behaviours) if place != index
    )


def _weights(behaviours: Sequence[Sequence[str]]) -> list[float]:
    """An input that most answers refuse was likely no sensible one: it counts less."""
    weights = []
    for outcomes in zip(*behaviours, strict=True):
        refused = sum(outcome.startswith((_RAISED, _BROKE)) for outcome in outcomes)
        weights.append(_MOSTLY_RAISED if 2 * refused > len(outcomes) else 1.0)
    return weights


def _support(one: Sequence[str], other: Sequence[str], weights: Sequence[float]) -> float:
    """The weighted share of inputs, from 0 to 1, on which `other` has nothing against `one`."""
    total = sum(weights)
    if not total:
        return 0.0
    held = 0.0
    for mine, theirs, weight in zip(one, other, weights, strict=True):
        if not mine.startswith(_BROKE):
            held += weight * (1.0 if theirs.startswith(_BROKE) else _sameness(mine, theirs))
    return held / total


def _is_alike(one: Sequence[str], other: Sequence[str], weights: Sequence[float]) -> bool:
    both = [
        (mine, theirs, weight)
        for mine, theirs, weight in zip(one, other, weights, strict=True)
        if not mine.startswith(_BROKE) and not theirs.startswith(_BROKE)
    ]
    total = sum(weight for _, _, weight in both)
    if 2 * len(both) < len(one):
        return tuple(one) == tuple(other)
    return sum(weight * _sameness(mine, theirs) for mine, theirs, weight in both) >= _ALIKE * total


def _sameness(first: str, second: str) -> float:
    """Two different exceptions count half: both refused the input."""
    if first == second:
        return 1.0
    return _BOTH_RAISED if first.startswith(_RAISED) and second.startswith(_RAISED) else 0.0
