"""What a person's words ask for: paths, names of code, and words worth looking for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from smallcode_jupyter.index.words import IDENTIFIER, STOP_WORDS, words_of

__all__ = ["Question", "read_question"]

_PATH = re.compile(r"[\w@.-]+(?:/[\w@.-]+)*/?")
_CODE = re.compile(r"`([^`\n]+)`")
_DOTTED = re.compile(r"(?<!\w)[^\W\d]\w*(?:\.[^\W\d]\w*)+")
_CAMEL = re.compile(r"[a-z][A-Z]|[A-Z]{2,}[a-z]")
_CALLED = re.compile(r"(?<!\w)([^\W\d]\w*)\(")
_FAULT = re.compile(
    r"\b(?:fix|mend|bugs?|broken|fails?|failing|faults?|wrong|crash(?:es)?|causes?|traceback|complains?)\b",
    re.IGNORECASE,
)
_FEWEST_SIGNS = 2
"""Different words of a fault; one alone may stand in any description."""
_MOST_CHARS = 20_000
_CODE_WEIGHT = 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A task's words, taken apart."""

    words: dict[str, float]
    """Words in their common form, with how much they weigh."""
    written: dict[str, str]
    """The same words as they stand there."""
    names: tuple[str, ...]
    """Identifiers that stand there as code."""
    owned: frozenset[tuple[str, str]]
    """`(RateTable, find_rate)` for `RateTable.find_rate`."""
    tokens: tuple[str, ...]
    """All identifiers, code or not."""
    is_fault: bool
    """Whether something is wrong, as against something that is to be different."""
    paths: tuple[str, ...]
    """What may be a path of a file or folder, without `/` at its end."""


def read_question(text: str) -> Question:
    """Take a text of any length apart; what stands far behind is not looked at."""
    text = text[:_MOST_CHARS]
    tokens = tuple(dict.fromkeys(IDENTIFIER.findall(text)))
    quoted = "\n".join(_CODE.findall(text))
    dotted = [found.split(".") for found in _DOTTED.findall(text)]
    names = dict.fromkeys(IDENTIFIER.findall(quoted))
    names |= dict.fromkeys(token for token in tokens if "_" in token.strip("_") or _CAMEL.search(token))
    names |= dict.fromkeys(_CALLED.findall(text))
    names |= dict.fromkeys(part for parts in dotted for part in parts if len(part) > 1)
    words: dict[str, float] = {}
    written: dict[str, str] = {}
    for token in tokens:
        weight = _CODE_WEIGHT if token in names else 1.0
        for word in words_of(token) if token.lower() not in STOP_WORDS or token in names else ():
            words[word] = max(words.get(word, 0.0), weight)
            written.setdefault(word, token.lower())
    found = (path.strip("./").rstrip("/") for path in _PATH.findall(text))
    return Question(
        words=words,
        written=written,
        names=tuple(name for name in names if len(name) > 1),
        owned=frozenset((a, b) for parts in dotted for a, b in pairwise(parts)),
        tokens=tokens,
        is_fault=len({word.lower() for word in _FAULT.findall(text)}) >= _FEWEST_SIGNS,
        paths=tuple(dict.fromkeys(path for path in found if path)),
    )
