"""References in a request: `@df`, `@df.price`, `@cell:3`, `@last-error`, `@file:utils.py`.

They are checked before the run and put into plain words, which is what routing, checks and the model read: `@df`
becomes the name in backticks, `@cell:3` becomes `cell In[3]`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from difflib import get_close_matches

from smallcode_jupyter.protocol.errors import UsageError

__all__ = ["FRAGMENT", "Referable", "named_in", "plain_words"]

_NAME = r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*"
_REFERENCE = re.compile(
    rf"(?<![\w@/.`])@(?:(?P<kind>cell|file):(?P<target>[^\s,;()\[\]{{}}'\"`]+)|(?P<error>last-error)\b|(?P<name>{_NAME}))"
)
FRAGMENT = re.compile(r"(?:^|(?<=[\s(\[{,;'\"]))@[\w.:/-]*$")
"""A reference that is being typed, at the end of the text."""
_CODE = re.compile(
    r"^[ \t]*(```+|~~~+).*?^[ \t]*\1|^[ \t]*@[^\n]*(?=\n[ \t]*(?:@|def |class |async def ))", re.M | re.S
)
"""Code, and decorators outside a fence: an `@` there is Python's."""
_QUOTED_NAME = re.compile(rf"`({_NAME})`")
_WORD = re.compile(r"[A-Za-z_]\w*")
_ENDINGS = ".?!:"
_PROSE = frozenset({"a", "i", "I", "A"})
"""Words of prose that are names of variables only where they are marked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Referable:
    """What can be referred to now."""

    names: Collection[str]
    """Variables."""
    has_name: Callable[[str], bool]
    """Whether a dotted name leads to something: `df.price`."""
    cell_words: Callable[[str], str]
    """How a cell is called in words, by its number or id; empty if there is none."""
    has_file: Callable[[str], bool]
    has_error: bool


def plain_words(words: str, known: Referable) -> str:
    """The words with their references as plain words.

    Raises UsageError for one that leads nowhere; an unknown name that resembles no variable is left as it is.
    """
    if "@" not in words:
        return words
    code = [found.span() for found in _CODE.finditer(words)]

    def replace(found: re.Match[str]) -> str:
        if any(start <= found.start() < end for start, end in code):
            return found[0]
        return _in_words(found, known)

    return _REFERENCE.sub(replace, words)


def _in_words(found: re.Match[str], known: Referable) -> str:
    if found["error"]:
        if not known.has_error:
            raise UsageError("There is no error to refer to.", why="No cell has raised one.")
        return "the last error"
    if found["kind"]:
        target = found["target"].rstrip(_ENDINGS)
        rest = found["target"][len(target) :]
        return (_cell if found["kind"] == "cell" else _file)(target, known) + rest
    name = found["name"]
    first = name.partition(".")[0]
    if name in known.names or (first in known.names and known.has_name(name)):
        return f"`{name}`"
    similar = get_close_matches(first, known.names, n=1, cutoff=0.75)
    if first in known.names:
        raise UsageError(f"`{first}` has nothing called `{name[len(first) + 1 :]}`.")
    if similar:
        raise UsageError(f"There is no variable `{first}`.", hint=f"Is `@{similar[0]}` meant?")
    return found[0]


def _cell(target: str, known: Referable) -> str:
    words = known.cell_words(target)
    if not words:
        raise UsageError(
            f"There is no cell {target!r}.", hint="@cell:N is the cell that shows In[N]; Tab completes it."
        )
    return words


def _file(target: str, known: Referable) -> str:
    if not known.has_file(target):
        raise UsageError(f"There is no file {target!r} in this folder.", hint="Tab completes @file:NAME.")
    return target


def named_in(words: str, names: Collection[str]) -> tuple[str, ...]:
    """The variables that the words name, in their order: dotted ones only in backticks, such as `df.price`."""
    marked = {found.start(1): found[1] for found in _QUOTED_NAME.finditer(words)}
    places = {start: name for start, name in marked.items() if name.partition(".")[0] in names}
    for found in _WORD.finditer(words):
        if found[0] in names and found[0] not in _PROSE:
            places.setdefault(found.start(), found[0])
    return tuple(dict.fromkeys(places[start] for start in sorted(places)))
