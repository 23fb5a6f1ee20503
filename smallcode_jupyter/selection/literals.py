"""Variations of a call by changing the literals in its source text: the same for every language.

`area(3, "m")` becomes `area(0, "m")`, `area(3, "")` and so on. Only literals change, so what comes out has the same
names and shape; whether it is still a sensible call nobody knows, and whoever runs it must expect errors.
"""

from __future__ import annotations

import random
import re
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

__all__ = ["literal_strings", "shown_texts", "variations"]

_TOKEN = re.compile(
    r"""(?P<string>"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\$])*`)
      | (?P<float>(?<![\w.])\d[\d_]*\.\d+(?:[eE][+-]?\d+)?(?![\w.]))
      | (?P<int>(?<![\w.])\d[\d_]*(?![\w.]))
      | (?P<bool>(?<![\w.])(?:True|False|true|false)(?!\w))
      | (?P<open>[\[{(])
      | (?P<close>[\]})])
      | (?P<comma>,)
    """,
    re.VERBOSE,
)
_UNIT = re.compile(r"\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|u\{[0-9a-fA-F]+\}|.)|.", re.DOTALL)
_OPPOSITE = {"True": "False", "False": "True", "true": "false", "false": "true"}
_CLOSING = {"[": "]", "{": "}", "(": ")"}
_LIST_BEFORE = re.compile(r"(?:^|[=,(\[{:&\s])$|vec!$")
_GO_LIST_BEFORE = re.compile(r"\[\d*\][\w.*]+$")
_STAMP = re.compile(r"\d[-:/]\d")
"""In a date or a time: with a digit more it is the year 20,024, on which a loop over days does not end."""
_LONGEST = 40
_CHARACTER = 4
"""Of a literal that may be a single character, which cannot be empty: `'\\n'`."""
_LONGEST_SAMPLE = 2_000
_MOST_LINES = 6
_BLOCK = re.compile(
    r"^```(?:text|txt|csv|log|console)?[ ]*\n(?P<fenced>.*?)^```"
    r"|(?<=:\n\n)(?P<after>(?![-*#>|])(?:[^\n]+(?:\n|$)){1,12}?)(?=\n|$)"
    r"|(?<=\n\n)(?P<indented>(?:(?:[ ]{3,}|\t)\S[^\n]*(?:\n|$)){1,30})",
    re.DOTALL | re.MULTILINE,
)
_SENTENCE = re.compile(r"[a-z)`\"'][.:;]$", re.MULTILINE)
_CODE = re.compile(
    r"^\s*(?:def|class|with|import|from|return|for|if|assert|>>>|const|let|func|fn)\b|\w\(.*\)|=>",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Span:
    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _List:
    """The elements of a bracketed list, by their places."""

    start: int
    """After the opening bracket."""
    end: int
    """At the closing one."""
    items: tuple[tuple[int, int], ...]


def literal_strings(text: str) -> tuple[str, ...]:
    """The contents of the quoted strings in a source text, as written there, each once."""
    found = (match["string"][1:-1] for match in _TOKEN.finditer(text) if match["string"])
    return tuple(dict.fromkeys(found))


def shown_texts(words: str) -> tuple[str, ...]:
    """Samples of data that a task shows: its indented or fenced blocks without code, whole and by line, each once."""
    found: dict[str, None] = {}
    for match in _BLOCK.finditer(words):
        block = match["fenced"] or match["after"] or match["indented"] or ""
        text = textwrap.dedent(block).strip("\n")
        is_prose = _CODE.search(text) or (match["after"] and _SENTENCE.search(text))
        if text.strip() and len(text) <= _LONGEST_SAMPLE and not is_prose:
            lines = [line for line in text.splitlines() if line.strip()]
            found.update(dict.fromkeys([text, *lines[:_MOST_LINES]]))
    return tuple(found)


def variations(
    source: str, *, count: int, seed: str, pool: Sequence[str] = (), is_signed: bool = True
) -> tuple[str, ...]:
    """At most `count` texts, each with one or two literals of `source` changed; all different, and none is `source`.

    First come those with something empty or zero: tasks say what happens then, and answers overlook it.
    `pool`: contents of strings to try in the place of others. Not `is_signed`: no number becomes negative, which
    some compilers refuse. The same arguments give the same variations.
    """
    rng = random.Random(f"{seed}\n{source}")
    found = dict.fromkeys(islice(_edges(source), count // 2))
    for attempt in range(count * 4):
        text = _changed(source, rng, pool, is_signed)
        if text is not None and attempt % 3 == 2:
            text = _changed(text, rng, pool, is_signed) or text
        if text is not None and text != source:
            found[text] = None
        if len(found) >= count:
            break
    return tuple(found)


def _edges(source: str) -> Iterator[str]:
    """With one string or list empty, or one number zero, in the order of their places."""
    spans, lists = _scan(source)
    places: list[_Span | _List] = [*spans, *lists]
    for place in sorted(places, key=lambda place: place.start):
        old = source[place.start : place.end]
        new = old
        if isinstance(place, _List):
            new = ""
        elif place.kind == "int":
            new = "0"
        elif place.kind == "string" and not (old[0] == "'" and len(old) <= _CHARACTER):
            new = 2 * old[0]
        if new != old:
            yield source[: place.start] + new + source[place.end :]


def _changed(source: str, rng: random.Random, pool: Sequence[str], is_signed: bool) -> str | None:
    """One literal, or the elements of one list, changed; None where there is nothing to change."""
    spans, lists = _scan(source)
    places: list[_Span | _List] = [*spans, *lists]
    if not places:
        return None
    place = rng.choice(places)
    if isinstance(place, _List):
        new = _new_items(source, place, rng)
    else:
        new = _new_literal(source[place.start : place.end], place.kind, rng, pool, is_signed)
    if new is None:
        return None
    return source[: place.start] + new + source[place.end :]


def _scan(source: str) -> tuple[list[_Span], list[_List]]:
    """The literals and the lists of a text. Brackets that do not match end the search for lists."""
    spans: list[_Span] = []
    lists: list[_List] = []
    stack: list[tuple[str, int, list[int]]] = []
    for match in _TOKEN.finditer(source):
        kind = match.lastgroup or ""
        if kind == "open":
            stack.append((match[0], match.start(), []))
        elif kind == "close":
            if not stack or _CLOSING[stack[-1][0]] != match[0]:
                return spans, lists
            bracket, start, commas = stack.pop()
            if _is_list(source, bracket, start):
                lists.append(_list_of(source, start + 1, match.start(), commas))
        elif kind == "comma":
            if stack:
                stack[-1][2].append(match.start())
        elif not _is_key(source, match.end()):
            spans.append(_Span(kind=kind, start=match.start(), end=match.end()))
    return spans, lists


def _is_key(source: str, end: int) -> bool:
    """Whether a colon follows: the key of a mapping, which stays, for code looks it up."""
    return source[end:].lstrip(" ").startswith(":")


def _is_list(source: str, bracket: str, start: int) -> bool:
    before = source[:start].rstrip(" ")
    if bracket == "[":
        return _LIST_BEFORE.search(before) is not None or not before
    if bracket == "{":
        return _GO_LIST_BEFORE.search(before) is not None
    return False


def _list_of(source: str, start: int, end: int, commas: Sequence[int]) -> _List:
    edges = [start, *(comma + 1 for comma in commas)]
    ends = [*commas, end]
    items = [(first, last) for first, last in zip(edges, ends, strict=True) if source[first:last].strip()]
    return _List(start=start, end=end, items=tuple(items))


def _new_items(source: str, place: _List, rng: random.Random) -> str | None:
    items = [source[first:last].strip() for first, last in place.items]
    if not items:
        return None
    index = rng.randrange(len(items))
    other = rng.randrange(len(items))
    choices = [items[:index] + items[index + 1 :], [*items, items[index]], items[::-1], []]
    if other != index:
        swapped = list(items)
        swapped[index], swapped[other] = swapped[other], swapped[index]
        choices.append(swapped)
    return ", ".join(rng.choice(choices))


def _new_literal(
    literal: str, kind: str, rng: random.Random, pool: Sequence[str], is_signed: bool
) -> str | None:
    if kind == "bool":
        return _OPPOSITE[literal]
    if kind == "int":
        return _new_integer(int(literal.replace("_", "")), rng, is_signed)
    if kind == "float":
        value = float(literal.replace("_", ""))
        new = rng.choice([0.0, value + 0.5, value * 2, value / 2, value + 1, 1.0, round(value)])
        return repr(float(new))
    return _new_string(literal, rng, pool)


def _new_integer(value: int, rng: random.Random, is_signed: bool) -> str:
    choices = [0, 1, 2, value + 1, max(value - 1, 0), value * 2, value + 7, value // 2]
    if is_signed:
        choices += [-1, -value]
    return str(rng.choice(choices))


def _new_string(literal: str, rng: random.Random, pool: Sequence[str]) -> str | None:
    quote = literal[0]
    units = _UNIT.findall(literal[1:-1])
    choices = list(_string_choices(units, rng))
    if not (quote == "'" and len(units) == 1):
        fitting = [text for text in pool if quote not in text and "\n" not in text]
        choices += [rng.choice(fitting)] if fitting else []
    return f"{quote}{rng.choice(choices)}{quote}" if choices else None


def _string_choices(units: Sequence[str], rng: random.Random) -> Iterator[str]:
    """New contents of a string, made of its own characters: an escape stays whole."""
    text = "".join(units)
    if len(units) <= 1:
        yield rng.choice("abxyzAZ09")
        if units:
            yield ""
        return
    digits = [place for place, unit in enumerate(units) if unit.isdigit()]
    if digits:
        place = rng.choice(digits)
        for _ in range(3):
            yield "".join([*units[:place], rng.choice("0123456789"), *units[place + 1 :]])
    yield ""
    if _STAMP.search(text):
        return
    index = rng.randrange(len(units))
    yield "".join([*units[:index], *units[index + 1 :]])
    yield "".join([*units[:index], units[index], *units[index:]])
    yield "".join(unit.swapcase() if len(unit) == 1 else unit for unit in units)
    if len(units) <= _LONGEST:
        yield text + text
        yield "".join(reversed(units))
    yield " " + text + " "
