"""Small faults of an answer that were mended on the way into a file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

__all__ = ["Mend", "tell_mends"]

_TOLD = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Mend:
    """One of them."""

    name: str
    """A kind of mend: `added-import`, `dropped-demonstration`, `kept-export`."""
    detail: str
    """What it was done to."""

    def __str__(self) -> str:
        return f"{self.name}: {self.detail}"


def tell_mends(mends: Iterable[Mend]) -> str:
    """In one line, those of a kind together: `added-import: fmt, strings; kept-export: Recent`."""
    kinds: dict[str, list[str]] = {}
    for mend in mends:
        if mend.detail not in kinds.setdefault(mend.name, []):
            kinds[mend.name].append(mend.detail)
    return "; ".join(
        f"{name}: {', '.join(details[:_TOLD])}" + f" and {len(details) - _TOLD} more" * (len(details) > _TOLD)
        for name, details in kinds.items()
    )
