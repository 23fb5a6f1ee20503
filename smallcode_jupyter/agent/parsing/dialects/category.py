"""A category of tools named as the whole answer."""

from __future__ import annotations

from smallcode_jupyter.agent.parsing.source import Dialect, Finding, Source
from smallcode_jupyter.protocol.tools import CATEGORIES

__all__ = ["CATEGORY"]


def read(source: Source) -> Finding | None:
    """The one word, lower case, without quotes and dots; None if the answer is anything else."""
    word = source.text[:200].strip().strip("`'\"*.:!<>[](){} \n").lower()
    is_whole = len(source.text.strip()) <= 200
    return Finding(text=word) if is_whole and word in CATEGORIES else None


CATEGORY = Dialect(name="category", read=read)
