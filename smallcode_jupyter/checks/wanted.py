"""What a task's words say that a cell has to leave behind."""

from __future__ import annotations

import keyword
import re

__all__ = ["listed", "replaces_cell", "required_columns", "required_kinds", "required_names"]

_KIND = (
    r"(?:variable|function|class|dataframe|data frame|list|dict|dictionary|array|set|tuple|series|string|number"
    r"|result|object|constant|generator|model|matrix|table)"
)
_ARTICLE = r"(?:(?:a|an|the|one|new|another)\s+)*"
_CALLED = r"(?:called|named)"
_QUOTED = r"`([A-Za-z_]\w*)(?:\([^`]*\))?`"
_PLAIN = r"[`'\"]?([A-Za-z_]\w*)\b[`'\"]?"
_KEEP = r"(?:stor(?:e|ed|ing)|sav(?:e|ed|ing)|assign(?:ed|ing)?|put|keep|bind|collect(?:ed)?)"
_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # Store the result in `total`; assign it to the variable `total`; save it as `total`.
        rf"\b{_KEEP}\b[^.;\n`]{{0,80}}?\b(?:in|into|to|as|under)\s+{_ARTICLE}(?:\w+\s+)?(?:name\s+)?{_QUOTED}",
        # Call it `total`; name the result `total`.
        rf"\b(?:call|name)\s+(?:it|this|that|the\s+(?:\w+\s+)?{_KIND})\s+{_QUOTED}",
        # ... in a variable called total; ... as a list named `total`.
        rf"\b(?:in|into|as|to)\s+{_ARTICLE}(?:\w+\s+)?{_KIND}\s+{_CALLED}\s+{_PLAIN}",
        # Write a function called fib; define the function `fib(n)`; create a small list named `xs`.
        rf"\b(?:write|define|create|implement|make|build|add|give me)\s+(?:me\s+)?{_ARTICLE}(?:\w+\s+){{0,3}}?"
        rf"{_KIND}\s+(?:{_CALLED}\s+{_PLAIN}|{_QUOTED})",
        rf"\b(?:define|create)\s+{_QUOTED}",
    )
)
_NO_NAMES = frozenset(
    {
        "a",
        "after",
        "an",
        "and",
        "as",
        "by",
        "for",
        "from",
        "in",
        "is",
        "it",
        "its",
        "like",
        "of",
        "or",
        "so",
        "that",
    }
    | {"the", "their", "this", "to", "using", "which", "with"}
)


def required_names(words: str) -> tuple[str, ...]:
    """The variables, functions and classes that the words ask for by name, in order, each once."""
    found: list[tuple[int, str]] = []
    for pattern in _PATTERNS:
        for match in pattern.finditer(words):
            name = next((group for group in match.groups() if group), "")
            if name and not keyword.iskeyword(name) and name.lower() not in _NO_NAMES:
                found.append((match.start(), name))
    return tuple(dict.fromkeys(name for _, name in sorted(found)))


_KINDS = {
    "dict": ("dict",),
    "dictionary": ("dict",),
    "list": ("list",),
    "tuple": ("tuple",),
    "set": ("set", "frozenset"),
    "Series": ("Series",),
    "DataFrame": ("DataFrame",),
    "data frame": ("DataFrame",),
    "dataframe": ("DataFrame",),
    "frame": ("DataFrame",),
    "float": ("float", "floating"),
    "int": ("int", "integer"),
    "integer": ("int", "integer"),
    "str": ("str",),
    "string": ("str",),
}
"""What words call a type, and the names of classes that are of it."""
_NAMED_KIND = "|".join(sorted(_KINDS, key=len, reverse=True))
_KIND_PATTERNS = (
    # Store a dict `fees` from ...; a new frame `clean` with ...
    re.compile(
        rf"\b[Aa]n?\s+(?:new\s+|long\s+|wide\s+)*(?P<kind>{_NAMED_KIND})\s+(?:(?:called|named)\s+)?`(?P<name>\w+)`"
    ),
    # `fees` is a dict; `fees`: a dict; `fees` becomes a list
    re.compile(
        r"`(?P<name>\w+)`(?:\s+(?:is|be|becomes|should be|must be)|\s*:)\s+(?:a|an)\s+(?:new\s+)?"
        rf"(?P<kind>{_NAMED_KIND})\b"
    ),
    # store it as a dictionary in `totals`
    re.compile(
        rf"\bas\s+(?:a|an)\s+(?:new\s+)?(?P<kind>{_NAMED_KIND})\s+(?:in|into|to|called|named)\s+`(?P<name>\w+)`"
    ),
    # `fastest` is the smallest pace as a float
    re.compile(rf"`(?P<name>\w+)`[^`.;:]{{1,60}}?\bas\s+(?:a|an)\s+(?P<kind>{_NAMED_KIND})\b"),
)
_COLUMNS = re.compile(
    r"`(?P<name>\w+)`(?P<between>[^`.;]{0,80}?)\bwith\s+(?P<exact>exactly\s+)?(?:the|these)\s+(?:\w+\s+)?columns\s+"
)
_COLUMN = re.compile(r"`?(\w+)`?(?=[,.:;)]|\s+and\b|\s*$)(?:,\s*(?:and\s+)?|\s+and\s+)?")


def required_kinds(words: str) -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    """What the words say a name has to be: the name, the type's name, and the classes that are of it.

    Each name once; one that is said to be of two types is left out.
    """
    found: dict[str, set[str]] = {}
    for pattern in _KIND_PATTERNS:
        for match in pattern.finditer(words):
            found.setdefault(match["name"], set()).add(_KINDS[match["kind"]][0])
    classes = {names[0]: names for names in _KINDS.values()}
    single = [(name, next(iter(said))) for name, said in found.items() if len(said) == 1]
    return tuple((name, kind, classes[kind]) for name, kind in single)


def required_columns(words: str) -> tuple[tuple[str, tuple[str, ...], bool], ...]:
    """The columns that the words say a frame has to have, and whether it may have no others."""
    found = []
    for place in _COLUMNS.finditer(words):
        columns, _ = listed(words, place.end())
        if len(columns) > 1:
            found.append((place["name"], columns, place["exact"] is not None))
    return tuple(found)


def listed(words: str, position: int) -> tuple[tuple[str, ...], str]:
    """The names of `a, b and c`, from there on, and the words after them."""
    names: list[str] = []
    while match := _COLUMN.match(words, position):
        names.append(match[1])
        position = match.end()
        if match.end() == match.end(1) or words[match.end(1) : match.end(1) + 1] in (".", ":", ";", ")"):
            break
    return tuple(names), words[position:]


_REPLACES = re.compile(
    r"\b(?:fix|rewrite|correct|repair|mend|change|replace|rework|update|improve)\s+(?:\w+\s+){0,3}?cell\b"
    r"|\bonly\s+(?:this|that|the)\s+cell\b"
    r"|\bcell\b[^.]{0,100}?\b(?:fails|stops|crashes|breaks|raises|is wrong|does not work|doesn['’]t work)\b",
    re.IGNORECASE,
)


def replaces_cell(words: str) -> bool:
    """Whether the words ask for a cell that is there to be written anew, rather than for a further one."""
    return _REPLACES.search(words) is not None
