"""Fenced blocks in what a model wrote, with the slips that models make."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice

from smallcode_jupyter.agent.parsing.languages import language_of, language_of_path
from smallcode_jupyter.agent.parsing.parsed import Expectation

__all__ = ["Fence", "scan_fences"]

_MOST_MARKS = 1_000
_MOST_FENCES = 200
"""Beyond these the text is repetition, and stays text."""
_NEAR = 4
"""Columns from which a fence inside a block is part of its indented content."""

_MARK = re.compile(r"^([^\n`~]*)(`{3,}|~{3,})([^`\n]*)$", re.MULTILINE)
_LIST = re.compile(r"[ \t]*(?:[-*+]|\d{1,3}[.)])?[ \t]*\Z")
_WORD = re.compile(r"[\w+#-]*\Z")
_HEADING = re.compile(r"\n[#*` \t]{0,6}([\w.\-/]{1,150}\.\w{1,10})[*`]{0,3}:?[*`]{0,3}[ \t]*\n\s{0,4}\Z")
_QUOTES = re.compile(r'"""|\'\'\'')


@dataclass(frozen=True, slots=True, kw_only=True)
class Fence:
    """One fenced block."""

    start: int
    """Offset of the opening line."""
    end: int
    """Offset after the closing line."""
    info: str
    """What follows the opening marker, trimmed."""
    content: str
    """The lines between, the fence's own indentation taken off."""
    is_closed: bool = True
    """False where the text ends inside the block."""
    repair: str = ""
    """How an irregular block was read; empty for a regular one.

    `unclosed-fence`; `inline-fence`: a mark is not on a line of its own; `doubtful-end`: what ends it may be content.
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class _Mark:
    start: int
    end: int
    prefix: str
    marker: str
    info: str
    indent: int
    is_line: bool
    """Whether nothing but indentation or a list bullet comes before the marker."""
    quotes: int
    """Triple quotes in the text before it."""


@dataclass(slots=True, kw_only=True)
class _Open:
    """A block being read. Mutable: it lives inside one scan."""

    mark: _Mark
    language: str
    nested: int = 0
    fallback: int | None = None
    """Index of the first bare mark that was passed over and would do as the end."""


def scan_fences(text: str, expectation: Expectation) -> tuple[Fence, ...]:
    """All top-level blocks, in order; the last may be unclosed. Linear in the text; never raises.

    A fence inside Markdown, inside a docstring or indented in the content does not end the block.
    """
    marks = _marks(text)
    fences: list[Fence] = []
    index = 0
    while index < len(marks) and len(fences) < _MOST_FENCES:
        if not _is_opening(marks[index]):
            index += 1
            continue
        fence, index = _read(text, marks, index, _language(text, marks[index], expectation))
        fences.append(fence)
    return tuple(fences)


def _marks(text: str) -> list[_Mark]:
    marks: list[_Mark] = []
    quotes = counted = 0
    for found in islice(_MARK.finditer(text), _MOST_MARKS):
        quotes += sum(1 for _ in _QUOTES.finditer(text, counted, found.start()))
        counted = found.start()
        marks.append(_mark(found, quotes))
    return marks


def _mark(found: re.Match[str], quotes: int) -> _Mark:
    prefix, marker, info = found.groups()
    expanded = prefix.expandtabs(4)
    is_line = len(prefix) < 40 and _LIST.match(prefix) is not None
    return _Mark(
        start=found.start(),
        end=found.end(),
        prefix=prefix,
        marker=marker,
        info=info.strip(),
        indent=len(expanded) if is_line else 0,
        is_line=is_line,
        quotes=quotes,
    )


def _is_opening(mark: _Mark) -> bool:
    if mark.is_line:
        return True
    return mark.prefix.rstrip().endswith(":") and _WORD.match(mark.info) is not None


def _language(text: str, mark: _Mark, expectation: Expectation) -> str:
    """The block's language; Markdown also where only its path (here or on the line before) says so."""
    words = re.split(r"[\s:]+", mark.info, maxsplit=1)
    if ".md" in mark.info:
        return "markdown"
    if words[0]:
        return language_of(words[0])
    before = text[max(0, mark.start - 200) : mark.start].rstrip().rpartition("\n")[2]
    if ".md" in before:
        return "markdown"
    default = expectation.default_path or ""
    return "markdown" if default.endswith(".md") and expectation.accepts_blocks else ""


def _read(text: str, marks: list[_Mark], index: int, language: str) -> tuple[Fence, int]:
    """The block that opens at this mark, and the index of the mark to go on with."""
    block = _Open(mark=marks[index], language=language)
    for position in range(index + 1, len(marks)):
        mark = marks[position]
        following = marks[position + 1] if position + 1 < len(marks) else None
        verdict = _judge(text, block, mark, following)
        if verdict == "pass" and block.fallback is None and _may_close(block, mark):
            block.fallback = position
        if verdict == "close":
            is_doubtful = following is None and (
                _heading(text, block, mark) is not None
                or (language == "markdown" and _stands_off(text, mark))
            )
            return _fence(text, block, mark, "doubtful-end" if is_doubtful else ""), position + 1
        if verdict == "reopen":
            return _cut_before(text, block, mark), position
    if block.fallback is not None:
        return _fence(text, block, marks[block.fallback], "doubtful-end"), block.fallback + 1
    return _unclosed(text, block), len(marks)


def _judge(text: str, block: _Open, mark: _Mark, following: _Mark | None) -> str:
    """Whether this mark closes the block (`close`), opens the next one (`reopen`), or is content (`pass`)."""
    if mark.marker[0] != block.mark.marker[0] or len(mark.marker) < len(block.mark.marker):
        return "pass"
    is_quoted = block.language in ("python", "") and (mark.quotes - block.mark.quotes) % 2 == 1
    if not mark.is_line:
        is_end = not mark.info and mark.prefix.strip() and not is_quoted and block.language != "markdown"
        return "close" if is_end else "pass"
    if mark.indent >= block.mark.indent + _NEAR or is_quoted:
        return "pass"
    if mark.info:
        if block.language == "markdown":
            block.nested += 1
            return "pass"
        return "reopen"
    if block.nested:
        block.nested -= 1
        return "pass"
    if block.language == "markdown" and _opens_inside(text, mark, following):
        block.nested += 1
        return "pass"
    return "close"


def _opens_inside(text: str, mark: _Mark, following: _Mark | None) -> bool:
    """Whether a bare fence in Markdown begins an inner block: it stands off from the text, and has its own end."""
    if following is None or following.info or not following.is_line:
        return False
    return _stands_off(text, mark)


def _stands_off(text: str, mark: _Mark) -> bool:
    """Whether an empty line, or one that announces something, comes before the mark."""
    before = text[max(0, mark.start - 200) : mark.start].split("\n")
    previous = before[-2] if len(before) > 1 else ""
    return not previous.strip() or previous.rstrip().endswith(":")


def _may_close(block: _Open, mark: _Mark) -> bool:
    is_same = mark.marker[0] == block.mark.marker[0] and mark.is_line and not mark.info
    return is_same and mark.indent < block.mark.indent + _NEAR and block.language != "markdown"


def _fence(text: str, block: _Open, mark: _Mark, repair: str) -> Fence:
    body_end = mark.start
    if not mark.is_line:
        body_end, repair = mark.start + len(mark.prefix), "inline-fence"
    elif not block.mark.is_line:
        repair = "inline-fence"
    return Fence(
        start=block.mark.start if block.mark.is_line else block.mark.start + len(block.mark.prefix),
        end=min(mark.end + 1, len(text)),
        info=block.mark.info,
        content=_content(text, block, body_end),
        repair=repair,
    )


def _cut_before(text: str, block: _Open, mark: _Mark) -> Fence:
    """The block up to the one that opens here; a last line with nothing but a path is the next one's heading."""
    heading = _heading(text, block, mark)
    end = mark.start if heading is None else heading
    return Fence(
        start=block.mark.start,
        end=end,
        info=block.mark.info,
        content=_content(text, block, end),
        repair="unclosed-fence",
    )


def _heading(text: str, block: _Open, mark: _Mark) -> int | None:
    """Where the line right before the mark begins if it is nothing but a path, else None."""
    found = _HEADING.search(text, max(block.mark.end, mark.start - 200), mark.start)
    return found.start() + 1 if found is not None and language_of_path(found[1]) else None


def _unclosed(text: str, block: _Open) -> Fence:
    return Fence(
        start=block.mark.start,
        end=len(text),
        info=block.mark.info,
        content=re.sub(r"\n[ \t]*[`~]{1,2}\Z", "\n", _content(text, block, len(text))),
        is_closed=False,
        repair="unclosed-fence",
    )


def _content(text: str, block: _Open, end: int) -> str:
    body = text[min(block.mark.end + 1, end) : end]
    indent = block.mark.indent
    if not indent:
        return body
    return re.sub(rf"^(?: {{1,{indent}}}|\t)", "", body, flags=re.MULTILINE)
