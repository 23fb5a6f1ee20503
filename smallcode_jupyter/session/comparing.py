"""The inputs that a student's cell and an answer that passes are compared on."""

from __future__ import annotations

import re

from smallcode_jupyter.checks.extract import defined_names
from smallcode_jupyter.selection.python import python_groups

__all__ = ["Input", "inputs_for"]

Input = tuple[tuple[str, ...], str]
"""Statements that come first, and the expression that is looked at."""

_MOST = 40
_SEEN = "_seen("


def inputs_for(words: str, attempt: str, passing: str) -> tuple[Input, ...]:
    """Calls that both can be asked, made as those that answers vote by; and the variables that both make.

    Empty where they have no name in common.
    """
    mine, theirs = defined_names(attempt), defined_names(passing)
    groups = python_groups(path="cell.py", words=words, before=attempt, text=passing, tests=())
    found: dict[Input, None] = {}
    for group in groups:
        steps = group.steps[1:]  # the first one only prepares
        looks = [step.source for step in steps if step.kind == "value"]
        if not looks or not _is_shared(" ".join(step.source for step in steps), mine, theirs):
            continue
        before = tuple(step.source for step in steps if step.kind == "run")
        found[before, looks[-1].removeprefix(_SEEN).removesuffix(")")] = None
    callables = {name for name in mine & theirs if _is_callable(name, attempt) or _is_callable(name, passing)}
    found.update(dict.fromkeys(((), name) for name in sorted((mine & theirs) - callables)))
    return tuple(found)[:_MOST]


def _is_shared(source: str, mine: frozenset[str], theirs: frozenset[str]) -> bool:
    """Whether it uses something that both define and nothing that only one does: that would tell how it is done."""
    used = set(re.findall(r"[^\W\d]\w*", source))
    return bool(used & mine & theirs) and not used & (mine ^ theirs)


def _is_callable(name: str, text: str) -> bool:
    return re.search(rf"^(?:(?:async )?def|class) {re.escape(name)}\b", text, re.MULTILINE) is not None
