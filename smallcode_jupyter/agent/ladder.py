"""Which rung of the ladder of hints a request gets. Pure.

A request belongs to an earlier problem if it says nothing new (`another hint`), or names the same things in code, or
names none and has nearly the same words. In doubt it is a new problem, which begins at the lowest rung.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from smallcode_jupyter.protocol.tutoring import RUNGS, HintWish, Rung, TutorPolicy, TutorRecord

__all__ = ["due_hint", "named_in_code"]

_ALIKE = 0.75
"""Share of words that two wordings of one problem have in common."""
_CODE_NAME = re.compile(r"`(\w+)[^`]*`|\b([A-Za-z_]\w*)(?=\()|\b(\w+_\w+)\b|\bIn ?\[(\d+)\]")
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_FILLER = frozenset(
    re.findall(
        r"\S+",
        """
        a again am an and another any better bigger can could do don't don’t else first for further get give
        got help hint hints i i'm i’m idea in is it know let lost me more my need next no not of on one ok
        okay please rung second see show some still stuck tell than that the then third this to try
        understand want what which why with would yes you your
        """,
    )
)
"""Words that say nothing of a problem."""
_RUNG_NAMES: dict[str, Rung] = {
    "question": "question",
    "pointer": "pointer",
    "pseudo-code": "pseudo-code",
    "pseudocode": "pseudo-code",
    "code": "code",
}


def due_hint(words: str, policy: TutorPolicy, given: Sequence[TutorRecord]) -> HintWish | None:
    """What a request gets after these; None where it is about an earlier problem and there is none.

    `policy` is not `off`. At the top the last rung is given again.
    """
    hints = [record for record in given if record.kind == "hint" and record.rung is not None]
    wished = _wished(words)
    is_further = not _content(words) - _RUNG_NAMES.keys()
    if is_further and not hints:
        return None
    problem = hints[-1].problem if is_further else _known(words, hints)
    place = _place(problem, hints, policy)
    was_refused = False
    if is_further and wished is not None and wished in policy.rungs and policy.may_skip:
        place = policy.rungs.index(wished)
    elif is_further and wished is not None:
        was_refused = wished != policy.rungs[place]
    return HintWish(
        problem=problem,
        rung=policy.rungs[place],
        policy=policy,
        is_first=not given,
        was_refused=was_refused,
    )


def named_in_code(words: str) -> frozenset[str]:
    """What the words name as code: `mean(`, `in backticks`, `with_underscores`, In[3]."""
    return frozenset(name for found in _CODE_NAME.findall(words) for name in found if name)


def _place(problem: str, hints: Sequence[TutorRecord], policy: TutorPolicy) -> int:
    """One above the highest that was given for it, as far as the ladder goes."""
    given = [RUNGS.index(record.rung) for record in hints if record.problem == problem and record.rung]
    return min(max(given, default=-1) + 1, len(policy.rungs) - 1)


def _known(words: str, hints: Sequence[TutorRecord]) -> str:
    """The earlier problem that the words are about; the words themselves if none."""
    for record in reversed(hints):
        if any(_is_same(words, other) for other in (record.problem, record.words)):
            return record.problem
    return words.strip()


def _is_same(words: str, other: str) -> bool:
    if named_in_code(words) or named_in_code(other):
        return named_in_code(words) == named_in_code(other)
    mine, theirs = _content(words), _content(other)
    return bool(mine) and len(mine & theirs) >= _ALIKE * len(mine | theirs)


def _content(words: str) -> set[str]:
    return {word.lower() for word in _WORD.findall(words)} - _FILLER


def _wished(words: str) -> Rung | None:
    named = [_RUNG_NAMES[word] for word in _content(words) if word in _RUNG_NAMES]
    return named[0] if len(named) == 1 else None
