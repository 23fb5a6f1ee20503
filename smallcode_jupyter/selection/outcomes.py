"""What came of one call, as something that can be compared and told."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["BROKE", "Outcome"]

BROKE = "broke "
"""How the text of an outcome begins that nobody can have meant."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """Equal texts mean equal behaviour."""

    text: str
    call: str
    """The source text of what was run."""
    how: str = ""
    """Of what did not return a value: the exception and its line, in words."""
