"""The steps of a shown call with other literals: the same for every language."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from smallcode_jupyter.checks.extract import Step
from smallcode_jupyter.selection.literals import variations

__all__ = ["varied"]

_VARIATIONS = 12
_SEPARATOR = "\n\x1f\n"


def varied(
    steps: tuple[Step, ...], *, pool: Sequence[str], is_signed: bool = True
) -> Iterator[tuple[Step, ...]]:
    """The steps with one or two literals changed, as `variations` changes them; as many of each kind as before."""
    joined = _SEPARATOR.join(step.source for step in steps)
    for text in variations(joined, count=_VARIATIONS, seed="calls", pool=pool, is_signed=is_signed):
        parts = text.split(_SEPARATOR)
        if len(parts) == len(steps):
            yield tuple(Step(kind=step.kind, source=part) for step, part in zip(steps, parts, strict=True))
