"""Detectors of answers and runs that lead nowhere. Pure functions."""

from __future__ import annotations

from collections.abc import Sequence

from smallcode_jupyter.protocol.tools import ToolCall

__all__ = ["is_hopeless", "is_read_loop", "is_repeating"]

_WINDOW = 1_200
_MOST_UNUSABLE = 3
_MOST_REFUSED = 2


def is_repeating(text: str, *, times: int = 6, shortest: int = 12) -> bool:
    """Whether the end of an answer repeats one passage, at least `shortest` characters long, `times` in a row.

    Looks only at the tail, so it can be called at every delta. Lines of one repeated character (rules, padding) are
    not counted below 400 characters.
    """
    tail = text[-_WINDOW:]
    for period in range(shortest, len(tail) // times + 1):
        unit = tail[-period:]
        if tail.endswith(unit * times) and (len(set(unit.strip())) > 2 or len(unit) * times >= 400):
            return True
    return False


def is_read_loop(calls: Sequence[ToolCall], new: ToolCall, *, times: int = 2) -> bool:
    """Whether the same reading call was already answered `times` times with nothing changed in between."""
    same = 0
    for call in reversed(calls):
        if call.name in ("write_file", "write_definitions", "edit_file", "edit_cell"):
            break
        same += call.name == new.name and dict(call.arguments) == dict(new.arguments)
    return same >= times


def is_hopeless(unusable: int, *, refused: int | None) -> bool:
    """Whether a further answer after one with nothing usable in it is not worth its tokens.

    `unusable`: such answers so far, this one among them. `refused`: of the answers drawn since one that no check
    refuses, how many a check refused; None where there is none to fall back on.

    That the same failure comes again is no reason: in recorded runs the right answer came after five answers that all
    failed alike, and none came after the third that was empty, cut off or the old text written back.
    """
    if unusable >= _MOST_UNUSABLE:
        return True
    return refused is not None and refused + 1 >= _MOST_REFUSED
