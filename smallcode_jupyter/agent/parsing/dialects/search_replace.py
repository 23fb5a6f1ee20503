"""Edits as search-and-replace blocks, fenced or not."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import islice

from smallcode_jupyter.agent.parsing.blocks import heading_path, info_path
from smallcode_jupyter.agent.parsing.dialects.fenced_file import FENCED_FILE
from smallcode_jupyter.agent.parsing.edit_blocks import EditBlock, EditReading
from smallcode_jupyter.agent.parsing.fences import scan_fences
from smallcode_jupyter.agent.parsing.languages import as_path
from smallcode_jupyter.agent.parsing.parsed import Expectation
from smallcode_jupyter.agent.parsing.problems import cut_off
from smallcode_jupyter.agent.parsing.source import Dialect, Finding, Source, without
from smallcode_jupyter.protocol.errors import Problem

__all__ = ["SEARCH_REPLACE", "finding_with_files"]

_MOST_MARKS = 600
_LINES_ABOVE = 4
"""Lines above a block among which its path is looked for; a fence and an empty line may stand between."""

_MARK = re.compile(
    r"^[ \t]{0,8}(?:(?P<search><{5,9})[ \t]{0,8}(?:SEARCH|ORIGINAL|OLD)?:?[ \t]{0,8}(?P<path>[^\s<>=]{0,200})"
    r"|(?P<divider>={5,9})"
    r"|(?P<replace>>{5,9})[ \t]{0,8}(?:REPLACE|UPDATED|NEW)?(?P<tail>[ \t]{0,8}`{3,})?)[ \t]{0,40}$",
    re.MULTILINE,
)
_FENCE_LINE = re.compile(r"^[ \t]*(?:`{3,}|~{3,})([^`\n]*)$", re.MULTILINE)
_ONLY_FENCES = re.compile(r"(?:\s*`{3,}[\w+-]{0,20}(?=\s|\Z))+\s*\Z")
_HINT = "Write <<<<<<< SEARCH, the old lines, =======, the new lines, >>>>>>> REPLACE."


def read(source: Source) -> Finding | None:
    """An edit for each block; whole files beside them (with a path of their own) are written too."""
    expectation = source.expectation
    if not expectation.accepts_blocks or "<<<<<" not in source.text:
        return None
    reading = EditReading(
        expectation=expectation,
        kind="search-and-replace block",
        hint="Write the path of the file on the line before <<<<<<< SEARCH.",
    )
    blocks = _blocks(source, reading)
    if not blocks and not reading.problems:
        return None
    path: str | None = None
    for block in blocks:
        path = block.path or path
        reading.add(block, path)
    return finding_with_files(source, reading)


def _blocks(source: Source, reading: EditReading) -> list[EditBlock]:
    """The blocks that are whole. A divider without both ends is text."""
    text = source.text
    blocks: list[EditBlock] = []
    search: re.Match[str] | None = None
    divider: re.Match[str] | None = None
    for mark in islice(_MARK.finditer(text), _MOST_MARKS):
        if mark["search"] and search is not None and divider is not None:
            _close(source, search, divider, mark.start(), blocks, reading)
        if mark["search"]:
            search, divider = mark, None
        elif mark["divider"]:
            divider = divider or (mark if search is not None else None)
        elif search is not None and divider is not None:
            blocks.append(_block(source, search, divider, mark.start(), mark.end(), ""))
            search = divider = None
        elif search is not None:
            reading.problems.append(_malformed())
            search = None
    if search is not None and source.is_cut:
        reading.problems.append(
            cut_off("The last search-and-replace block", hint="Write fewer and shorter blocks.")
        )
    elif search is not None and divider is not None:
        _close(source, search, divider, len(text), blocks, reading)
    elif search is not None and _is_named(search):
        reading.problems.append(_malformed())
    return blocks


def _is_named(search: re.Match[str]) -> bool:
    return search.group().strip("<> \t") != ""


def _block(
    source: Source, search: re.Match[str], divider: re.Match[str], stop: int, end: int, repair: str
) -> EditBlock:
    text, expectation = source.text, source.expectation
    path = as_path(search["path"], expectation) if search["path"] else None
    start = search.start()
    if path is None:
        path, start = _path_above(text, start, expectation)
    return EditBlock(
        start=start,
        end=_past_fence(text, start, end),
        path=path,
        old=text[search.end() + 1 : divider.start()],
        new=re.sub(r"(?:^|(?<=\n))[ \t]*={5,9}[ \t]*\n\Z", "", text[divider.end() + 1 : stop]),
        repair=repair,
    )


def _close(
    source: Source,
    search: re.Match[str],
    divider: re.Match[str],
    limit: int,
    blocks: list[EditBlock],
    reading: EditReading,
) -> None:
    """A block without its last marker: it ends at a closing fence or the limit. Without new lines it says nothing."""
    fence = _FENCE_LINE.search(source.text, divider.end(), limit)
    stop = fence.start() if fence else limit
    if source.text[divider.end() : stop].strip():
        blocks.append(_block(source, search, divider, stop, stop, "unclosed-block"))
    else:
        reading.problems.append(_malformed())


def _path_above(text: str, start: int, expectation: Expectation) -> tuple[str | None, int]:
    """The path on a line above (a fence's line counts with what follows the marker), and where that line begins."""
    position = start
    for _ in range(_LINES_ABOVE):
        if position <= 0:
            break
        begin = text.rfind("\n", 0, position - 1) + 1
        line = text[begin : position - 1].strip()
        position = begin
        fence = _FENCE_LINE.match(line)
        if fence:
            path = info_path(fence[1], expectation)
            start = begin
        elif line:
            path, repair = heading_path(line, expectation)
            return path, _fence_above(text, begin) if path and not repair else start
        else:
            path = None
        if path is not None:
            return path, begin
    return None, start


def _fence_above(text: str, start: int) -> int:
    """Where the line above begins if it opens a fence, else `start`."""
    begin = text.rfind("\n", 0, max(0, start - 1)) + 1
    return begin if _FENCE_LINE.match(text[begin : max(begin, start - 1)]) else start


def _past_fence(text: str, start: int, end: int) -> int:
    """The end, moved past a fence that closes right after the block if one opened right before it."""
    if not _FENCE_LINE.search(text, start, end):
        return end
    closing = re.compile(r"\s{0,8}^[ \t]*(?:`{3,}|~{3,})[ \t]*$", re.MULTILINE).match(text, end)
    return closing.end() if closing else end


def finding_with_files(source: Source, reading: EditReading) -> Finding:
    """The finding, with the whole files that the rest of the text holds."""
    text = without(source.text, reading.spans) if reading.spans else source.text.strip()
    if reading.calls and "```" in text:
        expectation = replace(source.expectation, default_path=None)
        rest = replace(source, text=text, fences=scan_fences(text, expectation), expectation=expectation)
        files = FENCED_FILE.read(rest)
        if files is not None and files.calls:
            reading.calls += files.calls
            reading.repairs += files.repairs
            reading.problems += files.problems
            text = files.text
    return Finding(
        calls=tuple(reading.calls),
        text="" if reading.calls and _ONLY_FENCES.match(text) else text,
        repairs=tuple(reading.repairs),
        problems=tuple(dict.fromkeys(reading.problems)),
    )


def _malformed() -> Problem:
    return Problem(
        code="malformed_block",
        what="A search-and-replace block has no line of equals signs, or nothing after it.",
        why="It is not known where the old lines end and what the new ones are.",
        hint=_HINT,
    )


SEARCH_REPLACE = Dialect(name="search-replace", read=read)
