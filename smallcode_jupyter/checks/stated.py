"""What a task's words say of a cell's results, as questions to be asked in the copy of the kernel that ran it.

Only what is said in so many words is asked: columns, types of columns, order, index, rounding, missing values, labels
of a plot, and what must stay as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from smallcode_jupyter.checks.extract import Group, Step
from smallcode_jupyter.checks.wanted import listed, required_columns, required_kinds, required_names

__all__ = ["QUESTIONS", "must_stay", "stated_groups"]

_NAME = r"`([A-Za-z_]\w*)`"
_STAYS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b(?:leave|leaves|leaving|keep|keeps|keeping)\s+(?:the\s+\w+\s+)?{_NAME}\s+(?:exactly\s+)?"
        r"(?:as (?:it is|it was|they are|is)|unchanged|untouched|alone|intact|with all its|in place)\b",
        r"\b(?:do not|don['’]t|never|must not|should not|may not|without)\s+"
        rf"(?:chang|modif|alter|touch|mutat|overwrit|updat)\w*\s+(?:the\s+)?(?:\w+\s+)?{_NAME}(?!\.|\[)",
        rf"{_NAME}\s+(?:itself\s+)?(?:stays?|remains?|(?:must|should|has to)\s+(?:stay|remain|be left)|is left)\s+"
        r"(?:exactly\s+)?(?:as (?:it is|it was)|unchanged|untouched|the same|intact)\b",
        rf"{_NAME}\s+(?:must|should|may)\s+not\s+(?:be\s+)?(?:change|modif|alter|overwrit)\w*",
    )
)
_DTYPE = re.compile(
    r"`(?P<column>\w+)`\s+(?:becomes|become|should be|must be|should become|has to be|to)\s+(?:an?\s+)?(?:real\s+)?"
    r"(?P<kind>datetime64|datetimes?|dates|bool|booleans?|int|integers?|float|floats)\b"
)
_DTYPES = {"d": "datetime", "b": "bool", "i": "int", "f": "float"}
_INDEX = re.compile(r"\bindex(?:\s+(?:is|being|of|from))?\s+0,\s*1,\s*2\b", re.IGNORECASE)
_SORTED = re.compile(
    r"\b(?:sort|sorted|sorts|ordered)(?:\s+it|\s+them|\s+the\s+rows)?\s+by\s+", re.IGNORECASE
)
_NOT_ASCENDING = re.compile(
    r"\b(?:descending|highest|largest|biggest|latest|newest|first|last|reverse)", re.IGNORECASE
)
_ROUNDED = re.compile(
    r"(?<!not )(?<!n't )\brounded?\s+(?:it\s+|them\s+)?to\s+(?P<digits>\d|one|two|three)\s+(?:decimal|digit|place)",
    re.IGNORECASE,
)
_DIGITS = {"one": 1, "two": 2, "three": 3}
_FIRST = re.compile(
    r"\b(biggest|largest|highest|greatest|lowest|smallest|fewest|least)(?:\s+(?:value|one|total|count|mean)s?)?\s+first\b",
    re.IGNORECASE,
)
_MISSING = re.compile(
    r"\b(?:missing|empty|unknown|absent)\s+(?:values?\s+(?:of|in)\s+)?`(?P<column>\w+)`\s+(?:values?\s+)?"
    r"(?:becomes?|is|are|count as|counts as|should be|gets?)\s",
    re.IGNORECASE,
)
_TITLE = re.compile(
    r"\btitled?\s*(?:is|:|of|should be)?\s*[\"“`](?P<text>[^\"”`\n]{1,80})[\"”`]", re.IGNORECASE
)
_AXIS = re.compile(
    r"\b(?P<axis>[xy])(?:[- ]axis)?\s+(?:axis\s+)?(?:is\s+)?(?:label\w*\s+)?(?:is\s+)?"
    r"[\"“](?P<text>[^\"”\n]{1,60})[\"”]",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<=[.;])\s+")

QUESTIONS = """
    def unrounded(value, digits):
        found = []
        def look(part, depth):
            kinds = {kind.__name__ for kind in type(part).__mro__}
            if isinstance(part, float) or "floating" in kinds:
                if part == part and abs(part) < 1e9 and abs(part - round(float(part), digits)) > 1e-9:
                    found.append(float(part))
            elif depth < 4 and isinstance(part, dict):
                for inner in part.values():
                    look(inner, depth + 1)
            elif depth < 4 and isinstance(part, (list, tuple, set)):
                for inner in part:
                    look(inner, depth + 1)
            elif "Series" in kinds:
                look(part.tolist(), depth + 1)
            elif "DataFrame" in kinds:
                for column in part.columns:
                    look(part[column].tolist(), depth + 1)
            elif "ndarray" in kinds and part.ndim:
                look(part.ravel().tolist(), depth + 1)
        look(value, 0)
        return found[:3]
    def is_sorted(frame, columns):
        if any(column not in frame.columns for column in columns):
            return True
        rows = list(zip(*(frame[column].tolist() for column in columns)))
        if any(part != part or part is None for row in rows for part in row):
            return True
        return rows == sorted(rows)
    def in_order(value, sign):
        if isinstance(value, dict):
            value = list(value.values())
        elif hasattr(value, "tolist"):
            value = value.tolist()
        if not isinstance(value, (list, tuple)):
            return True
        numbers = []
        for part in value:
            if isinstance(part, (list, tuple)):
                inner = [x for x in part if isinstance(x, (int, float)) and not isinstance(x, bool)]
                part = inner[0] if len(inner) == 1 else None
            if not isinstance(part, (int, float)) or part != part:
                return True
            numbers.append(sign * part)
        return numbers == sorted(numbers)
    def kind_of(series):
        kind = series.dtype.kind
        return {"M": "datetime", "b": "bool", "i": "int", "u": "int", "f": "float"}.get(kind, str(series.dtype))
"""
"""Functions that the questions call; indented, for the inside of a function."""


def must_stay(words: str) -> tuple[str, ...]:
    """The variables that the words say are not to be changed, each once."""
    found = (match[1] for pattern in _STAYS for match in pattern.finditer(words))
    return tuple(dict.fromkeys(found))


def stated_groups(words: str, names: frozenset[str], written: Mapping[str, str]) -> Iterator[Group]:
    """The questions about those of the words' variables that are among `names`, what the cell binds.

    `written`: the columns that the cell writes, each with the name of its table.
    """
    flat = " ".join(words.split())
    for name, kind, classes in required_kinds(words):
        if name in names:
            fitting = f"{kind!r} for kind in type({name}).__mro__ if kind.__name__ in {classes}"
            yield _equal(f"next(({fitting}), type({name}).__name__)", repr(kind), f"the type of {name}")
    for name, columns, is_exact in required_columns(words):
        if name in names and is_exact:
            yield _equal(
                f"sorted(map(str, {name}.columns))", repr(sorted(columns)), f"the sorted columns of {name}"
            )
        elif name in names:
            lacking = f"[column for column in {columns!r} if column not in {name}.columns]"
            yield _equal(lacking, "[]", f"the list of columns that {name} lacks")
    frame = _frame(words)
    if frame in names:
        yield from _of_frame(flat, frame)
    yield from _rounding(flat, names, written)
    yield from _order(flat, names)
    if "ax" in names:
        yield from _of_axes(flat)


def _frame(words: str) -> str:
    """The one frame that the words ask for; empty if there is none, or several."""
    kinds = dict.fromkeys(name for name, kind, _ in required_kinds(words) if kind == "DataFrame")
    frames = kinds or dict.fromkeys(name for name, _, _ in required_columns(words))
    return next(iter(frames)) if len(frames) == 1 else ""


def _of_frame(words: str, frame: str) -> Iterator[Group]:
    if _INDEX.search(words):
        yield _equal(
            f"list({frame}.index) == list(range(len({frame})))",
            "True",
            f"that {frame} has the index 0, 1, 2 ...",
        )
    for match in _SORTED.finditer(words):
        columns, rest = listed(words, match.end())
        is_descending = _NOT_ASCENDING.search(rest.partition(".")[0][:40])
        if columns and not is_descending and not {"the", "its", "their"} & set(columns):
            yield _equal(
                f"is_sorted({frame}, {columns!r})", "True", f"that {frame} is sorted by {', '.join(columns)}"
            )
    for match in _DTYPE.finditer(words):
        kind = _DTYPES[match["kind"][0]]
        column = f"{frame}[{match['column']!r}]"
        yield _equal(f"kind_of({column})", repr(kind), f"the type of {column}")
    for match in _MISSING.finditer(words):
        column = f"{frame}[{match['column']!r}]"
        yield _equal(f"int({column}.isna().sum())", "0", f"the number of missing values left in {column}")


def _rounding(words: str, names: frozenset[str], columns: Mapping[str, str]) -> Iterator[Group]:
    for sentence in _SENTENCE.split(words):
        for match in _ROUNDED.finditer(sentence):
            digits = _DIGITS.get(match["digits"].lower()) or int(match["digits"])
            named = re.findall(_NAME, sentence[: match.start()])
            if named and named[-1] in columns:
                source = f"{columns[named[-1]]}[{named[-1]!r}]"
            else:
                bound = [name for name in named if name in names]
                source = bound[-1] if bound else "" if named else _only(words, names)
            if source:
                shown = f"the list of values in {source} not rounded to {digits} decimals"
                yield _equal(f"unrounded({source}, {digits})", "[]", shown)


def _order(words: str, names: frozenset[str]) -> Iterator[Group]:
    """Of a dict, list or Series: `biggest first`, `lowest first`."""
    for sentence in _SENTENCE.split(words):
        match = _FIRST.search(sentence)
        named = (
            [name for name in re.findall(_NAME, sentence[: match.start()]) if name in names] if match else []
        )
        if match and named:
            sign = 1 if match[1].lower() in ("lowest", "smallest", "fewest", "least") else -1
            yield _equal(
                f"in_order({named[-1]}, {sign})", "True", f"that {named[-1]} has the {match[1].lower()} first"
            )


def _only(words: str, names: frozenset[str]) -> str:
    asked = dict.fromkeys([*required_names(words), *(name for name, _, _ in required_kinds(words))])
    wanted = [name for name in asked if name in names]
    return wanted[0] if len(wanted) == 1 else ""


def _of_axes(words: str) -> Iterator[Group]:
    for match in _TITLE.finditer(words):
        yield _equal("ax.get_title()", repr(match["text"]), "the title of ax")
    for match in _AXIS.finditer(words):
        axis = match["axis"].lower()
        yield _equal(f"ax.get_{axis}label()", repr(match["text"]), f"the {axis} label of ax")
    if re.search(r"\bthere is a legend\b|\bwith a legend\b|\bhas a legend\b", words, re.IGNORECASE):
        yield _equal("ax.get_legend() is not None", "True", "that ax has a legend")


def _equal(source: str, right: str, shown: str) -> Group:
    return Group(steps=(Step(kind="equal", source=source, right=right, shown=shown),), origin="")
