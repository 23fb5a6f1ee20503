"""Python sources that may be anything at all."""

from __future__ import annotations

import ast
import warnings

__all__ = ["parsed"]


def parsed(text: str) -> ast.Module | None:
    """The tree of a source, without its compile-time warnings; None where it is no Python."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
