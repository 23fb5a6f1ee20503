"""What a task's words say that a cell has to leave behind."""

from __future__ import annotations

import keyword
import re

__all__ = ["required_names"]

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
