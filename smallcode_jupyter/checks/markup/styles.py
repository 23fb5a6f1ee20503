"""Obvious faults of a style sheet: brackets, semicolons, colons, misspelt at-rules.

Browsers skip what they do not understand and the rest of a rule with it, so that a slip goes unnoticed. What a
property may hold is not looked at. CSS as browsers read it, nesting included; preprocessors' languages are not.
"""

from __future__ import annotations

import difflib
import re
from bisect import bisect_left
from collections.abc import Iterator

__all__ = ["StyleFault", "style_faults"]

StyleFault = tuple[int, str]
"""The line, counted from 1, and what is wrong."""
_AT_RULES = (
    "charset",
    "color-profile",
    "container",
    "counter-style",
    "font-face",
    "font-feature-values",
    "font-palette-values",
    "import",
    "keyframes",
    "layer",
    "media",
    "namespace",
    "page",
    "position-try",
    "property",
    "scope",
    "starting-style",
    "supports",
    "view-transition",
)
_PAIRS = {"(": ")", "[": "]"}
_NAME = re.compile(r"[*_]?-{0,2}(?:[A-Za-z_]|\\.)(?:[\w-]|\\.)*$")
_SWALLOWED = re.compile(r"\n[ \t]*(?!progid\b)(-{0,2}[a-z][a-z-]*)[ \t]*:(?!:)")


def style_faults(text: str) -> tuple[StyleFault, ...]:
    """The faults in order of lines; empty if none was found. Never raises."""
    lines = _Lines(text)
    cleaned, faults = _without_comments(text, lines)
    return tuple(sorted([*faults, *_block_faults(cleaned, lines)]))


class _Lines:
    """Which line a character is in."""

    def __init__(self, text: str) -> None:
        self._ends = [found.start() for found in re.finditer("\n", text)]

    def of(self, position: int) -> int:
        """Counted from 1."""
        return bisect_left(self._ends, position) + 1


def _without_comments(text: str, lines: _Lines) -> tuple[str, list[StyleFault]]:
    """The text with comments and the insides of strings and addresses blanked, of the same length and lines."""
    kept: list[str] = []
    faults: list[StyleFault] = []
    pattern = re.compile(
        r"/\*.*?(?:\*/|\Z)|\"(?:\\.|[^\"\\\n])*(?:\"|(?=\n)|\Z)|'(?:\\.|[^'\\\n])*(?:'|(?=\n)|\Z)"
        r"|url\(\s*[^\"'\s)][^)]*\)",
        re.DOTALL,
    )
    position = 0
    for found in pattern.finditer(text):
        piece = found[0]
        line = lines.of(found.start())
        if piece.startswith("/*"):
            if not piece.endswith("*/") or len(piece) < 4:
                faults.append((line, "this comment is never closed"))
            blank = " "
        else:
            is_open = piece[0] in "\"'" and (len(piece) < 2 or piece[-1] != piece[0])
            if is_open:
                faults.append((line, f"this string is never closed: {piece[:40]}"))
            blank = "x"
        kept += [text[position : found.start()], re.sub(r"[^\n]", blank, piece)]
        position = found.end()
    kept.append(text[position:])
    return "".join(kept), faults


def _block_faults(text: str, lines: _Lines) -> Iterator[StyleFault]:
    blocks: list[int] = []
    brackets: list[tuple[str, int]] = []
    start = 0
    for found in re.finditer(r"[{};()\[\]]", text):
        mark, at = found[0], found.start()
        line = lines.of(at)
        if mark in _PAIRS:
            brackets.append((_PAIRS[mark], line))
        elif mark in ")]":
            if not brackets or brackets.pop()[0] != mark:
                yield line, f"`{mark}` closes nothing"
        else:
            if brackets and mark != ";":
                yield brackets[0][1], f"a bracket is not closed before `{mark}`"
            if brackets and mark == ";":
                continue  # as in url(data:...;base64,...)
            brackets = []
            first = lines.of(_first(text, start, at))
            yield from _segment_faults(text[start:at].strip(), first, mark, is_inside=bool(blocks))
            if mark == "{":
                blocks.append(first)
            elif mark == "}":
                if blocks:
                    blocks.pop()
                else:
                    yield line, "`}` closes nothing"
            start = at + 1
    if blocks:
        yield blocks[-1], "this block is never closed: a `}` is missing"
    elif text[start:].strip():
        line = lines.of(_first(text, start, len(text)))
        yield line, f"this belongs to no rule: {_short(text[start:])}"


def _first(text: str, start: int, end: int) -> int:
    """Where the segment's first visible character is."""
    return start + len(text[start:end]) - len(text[start:end].lstrip())


def _segment_faults(segment: str, line: int, mark: str, *, is_inside: bool) -> Iterator[StyleFault]:
    """What is wrong with the text up to a `{`, `;` or `}`."""
    if segment.startswith("@"):
        yield from _at_rule_faults(segment, line)
    elif mark == "{":
        if not segment:
            yield line, "a rule without a selector"
    elif segment:
        if not is_inside:
            if mark == ";":
                yield line, f"this belongs to no rule: {_short(segment)}"
            return
        yield from _declaration_faults(segment, line)


def _declaration_faults(segment: str, line: int) -> Iterator[StyleFault]:
    name, colon, value = segment.partition(":")
    if not colon:
        yield line, f"a colon is missing: {_short(segment)}"
    elif not _NAME.match(name.strip()):
        yield line, f"this is no declaration: {_short(segment)}"
    elif not value.strip() and not name.startswith("--"):
        yield line, f"`{name.strip()}` has no value"
    elif (swallowed := _SWALLOWED.search(value)) and not name.startswith("--"):
        below = line + segment.count("\n", 0, len(name) + 1 + swallowed.start())
        yield below, f"a semicolon is missing before `{swallowed[1]}`: {_short(segment)}"


def _at_rule_faults(segment: str, line: int) -> Iterator[StyleFault]:
    found = re.match(r"@(?:-\w+-)?([\w-]*)", segment)
    name = found[1].lower() if found else ""
    close = difflib.get_close_matches(name, _AT_RULES, 1, 0.75)
    if name not in _AT_RULES and close:
        yield line, f"there is no `@{name}`; `@{close[0]}` is meant?"


def _short(text: str) -> str:
    return "`" + " ".join(text.split())[:60] + "`"
