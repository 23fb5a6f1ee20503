"""Words in identifiers and in prose, brought to one form so that `renewals` finds `renewal_days`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

__all__ = ["IDENTIFIER", "KEYWORDS", "STOP_WORDS", "count_words", "stem", "word_set", "words_of"]

IDENTIFIER = re.compile(r"[^\W\d]\w*")
_PARTS = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|\d+")
_LONGEST = 64
"""Letters of an identifier; longer ones are data."""


def word_set(text: str) -> frozenset[str]:
    """The words of a text."""
    return frozenset(text.split())


STOP_WORDS = word_set(
    "a about above after again all already also always an and another any are as at be because been before being below "
    "both but by can cannot could did do does doing done down each either else empty end ends even every example few "
    "file files first for from get gets give given go goes had has have her here him his how i if in instead into is "
    "it its itself just keep keeps last left let like line lines longer made make makes many may me might mine more "
    "most much must my name named names need needs neither new no none nor not nothing now of off old on once one only "
    "or other others our out over own please put rest returns same say says see set shall she should show shows since "
    "so some still stay stays such take takes than that the their them then there these they this those through to "
    "together too two under until up upon us use used uses using very want wants was way we were what when where which "
    "while who whole whose why will with without would yet you your"
)
"""Of prose; they say nothing about which file is meant."""
KEYWORDS = word_set(
    "False None True and as assert async await bool break case catch class const continue def default defer del "
    "do elif else enum err except export extends false final finally float fn for from func function go if impl "
    "implements import in instanceof int interface is lambda let map match mod module mut new nil nonlocal not "
    "null number or package pass private pub public raise range return self static str string struct super switch "
    "this throw throws trait true try type typeof undefined use var void where while with yield"
)
"""Of programs; they stand in every file."""


@lru_cache(maxsize=50_000)
def words_of(identifier: str) -> tuple[str, ...]:
    """The words in an identifier, in their common form: `find`, `rate` for `findRates`. Single letters are left out."""
    if len(identifier) > _LONGEST:
        return ()
    if not identifier.isascii():
        return tuple(stem(part) for part in identifier.lower().split("_") if len(part) > 1)
    return tuple(stem(part.lower()) for part in _PARTS.findall(identifier) if len(part) > 1)


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """A word in lower case without its ending: plural, `-ing`, `-ed`, a last `e`."""
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("sses", "xes", "ches", "shes", "zes")):
        word = word[:-2]
    elif len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    for ending in ("ing", "ed"):
        if len(word) > len(ending) + 2 and word.endswith(ending):
            word = word[: -len(ending)]
            if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "ls":
                word = word[:-1]
            break
    return word[:-1] if len(word) > 4 and word.endswith("e") else word


def count_words(identifiers: Iterable[str]) -> Counter[str]:
    """How often each word stands in these identifiers."""
    counts: Counter[str] = Counter()
    for identifier in identifiers:
        counts.update(words_of(identifier))
    return counts
