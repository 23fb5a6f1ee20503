"""A word on failures that small models do not know what to do about. Pure."""

from __future__ import annotations

import re

__all__ = ["advice_on"]

_RAISED = re.compile(
    r"^(?:E[ ]+)?(?P<name>(?:Value|Key|Index|ZeroDivision|Overflow|UnicodeDecode|FileNotFound)Error|StopIteration)\b",
    re.MULTILINE,
)
_THREW = re.compile(
    r" (?:raised|threw) (?P<name>(?:Value|Key|Index|ZeroDivision|Overflow|FileNotFound)Error)\b"
)
_IS_PYTHON = re.compile(r"\.py\b")


def advice_on(failure: str) -> str:
    """What to do about an exception of Python where a value is expected; empty for other failures.

    Told only that `date(2025, 2, 31)` raises, a model writes the same line again: that it may catch the exception
    does not occur to it.
    """
    found = _RAISED.search(failure) or _THREW.search(failure)
    if found is None or not _IS_PYTHON.search(failure) or "DID NOT RAISE" in failure:
        return ""
    name = found["name"]
    return f"{name} must not come out of it here: catch it with `try` and `except {name}`, or test for it before."
