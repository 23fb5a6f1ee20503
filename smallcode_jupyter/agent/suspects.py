"""Which definitions of a file a task most likely wants changed. Pure; a guess that only narrows what is asked for."""

from __future__ import annotations

import re
from collections.abc import Iterable

__all__ = ["suspects"]

_DEFINED = re.compile(
    r"^[ \t]*(?:export\s+)?(?:default\s+)?(?:pub(?:\([^)]*\))?\s+)?(?:async\s+)?(?:static\s+)?"
    r"(?:(?:def|function\*?|func|fn)\s+(?:\([^)\n]*\)\s*)?(\w+)|(?:const|let)\s+(\w+)\s*=\s*(?:async\s*)?\()",
    re.MULTILINE,
)
_IN_FRAME, _NAMED, _ALIKE = 4, 3, 1
_MOST = 3
_SHORTEST = 4


def suspects(text: str, *, words: str, failure: str = "") -> tuple[str, ...]:
    """At most three names of functions and methods defined in `text`, the likeliest first; empty where none stands out.

    Those in the frames of `failure` count most, then those that the words name, then those whose name shares words.
    """
    names = dict.fromkeys(one or other for one, other in _DEFINED.findall(text))
    framed = set(re.findall(r"\bin (\w+)\b", failure))
    spoken = set(re.findall(r"\w+", words))
    said = _stems(re.findall(r"[A-Za-z]+", words))
    scores = {
        name: _IN_FRAME * (name in framed)
        + _NAMED * (name in spoken)
        + _ALIKE * len(_stems(_parts(name)) & said)
        for name in names
        if not name.startswith(("__", "test"))
    }
    found = sorted((name for name in scores if scores[name]), key=lambda name: -scores[name])
    return tuple(found[:_MOST]) if len(found) < len(names) or len(found) <= _MOST else ()


def _parts(name: str) -> list[str]:
    return re.findall(r"[A-Z]?[a-z]+|[A-Z]+", name)


def _stems(words: Iterable[str]) -> set[str]:
    """Longer words in lower case, without their plural."""
    return {word.lower().removesuffix("s") for word in words if len(word) >= _SHORTEST}
