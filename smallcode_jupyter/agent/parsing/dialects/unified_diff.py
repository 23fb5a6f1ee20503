"""Edits as a diff: unified (`---`, `+++`, `@@`), and the patches of `apply_patch` (`*** Update File:`)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from smallcode_jupyter.agent.parsing.blocks import heading_path, info_path
from smallcode_jupyter.agent.parsing.dialects.search_replace import finding_with_files
from smallcode_jupyter.agent.parsing.edit_blocks import EditBlock, EditReading
from smallcode_jupyter.agent.parsing.languages import as_path
from smallcode_jupyter.agent.parsing.problems import cut_off
from smallcode_jupyter.agent.parsing.source import Dialect, Finding, Source, outside
from smallcode_jupyter.protocol.errors import Problem

__all__ = ["UNIFIED_DIFF"]

_MOST_LINES = 20_000
_MOST_HUNKS = 200
_NOTHING = "/dev/null"
_HINT = "Write the lines `--- a/path` and `+++ b/path` before the first @@."

_START = re.compile(
    r"^(?:diff --git |--- (?=[^\n]*\n\+\+\+ )|\*\*\* (?:Begin Patch|Update File:|Add File:|Delete File:))",
    re.M,
)
_BLOCK_START = re.compile(
    r"\s*(?:diff --git |--- [^\n]*\n\+\+\+ |@@|\*\*\* (?:Begin Patch|Update File:|Add File:))"
)
_META = re.compile(
    r"(?:diff --git|index [0-9a-f]|new file mode|deleted file mode|similarity index|rename (?:from|to)|"
    r"old mode|new mode|\*\*\* (?:Begin Patch|End of File)|\\ No newline)"
)
_HUNK = re.compile(r"@@(?:[^@\n]{0,80}@@)?")
_CHANGED = re.compile(r"^[-+](?![-+]{2} )", re.MULTILINE)
_PATCH = re.compile(r"\*\*\* (Update|Add|Delete) File:\s*(\S.*)")


@dataclass(slots=True, kw_only=True)
class _Hunk:
    """Lines being read. Mutable: it lives inside one reading."""

    path: str | None
    is_new: bool = False
    old: list[str] = field(default_factory=list)
    new: list[str] = field(default_factory=list)
    repair: str = ""

    def add(self, mark: str, line: str) -> None:
        if mark != "+":
            self.old.append(line)
        if mark != "-":
            self.new.append(line)

    def trim(self) -> None:
        """Take off empty lines at the end: they stand between the diff and what follows."""
        while self.old and self.new and not self.old[-1].strip() and not self.new[-1].strip():
            self.old.pop()
            self.new.pop()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Region:
    """A stretch of the text that is a diff."""

    start: int
    end: int
    text: str
    path: str | None
    """Where the text around says that it goes."""
    is_closed: bool
    is_fenced: bool


def read(source: Source) -> Finding | None:
    """An edit for each hunk; a diff against nothing is a new file. Line numbers are not looked at."""
    if not source.expectation.accepts_blocks or ("@@" not in source.text and "\n+" not in source.text):
        return None
    reading = EditReading(expectation=source.expectation, kind="hunk", hint=_HINT)
    for region in _regions(source):
        _read(source, region, reading)
    if not reading.calls and not reading.problems:
        return None
    return finding_with_files(source, reading)


def _regions(source: Source) -> Iterator[_Region]:
    expectation = source.expectation
    for fence in source.fences:
        tag = fence.info.split(" ", 1)[0].lower()
        is_diff = tag in ("diff", "patch", "udiff") and _CHANGED.search(fence.content) is not None
        if is_diff or _BLOCK_START.match(fence.content):
            lead = source.text[max(0, fence.start - 300) : fence.start].rstrip().rpartition("\n")[2]
            path = info_path(fence.info, expectation) or heading_path(lead, expectation)[0]
            yield _Region(
                start=fence.start,
                end=fence.end,
                text=fence.content,
                path=path,
                is_closed=fence.is_closed,
                is_fenced=True,
            )
    for start, end in outside(source):
        found = _START.search(source.text, start, end)
        if found is not None:
            yield _Region(
                start=found.start(),
                end=end,
                text=source.text[found.start() : end],
                path=None,
                is_closed=end < len(source.text),
                is_fenced=False,
            )


def _read(source: Source, region: _Region, reading: EditReading) -> None:
    lines = region.text.split("\n")[:_MOST_LINES]
    hunks, used = _hunks(source, region, lines, reading)
    end = region.end if region.is_fenced else region.start + len("\n".join(lines[:used]))
    if source.is_cut and not region.is_closed and used >= len(lines):
        hunks = hunks[:-1]
        reading.problems.append(cut_off("The last hunk of the diff", hint="Write fewer and shorter hunks."))
    for hunk in hunks[:_MOST_HUNKS]:
        hunk.trim()
        if not hunk.old and not hunk.new:
            continue
        block = EditBlock(
            start=region.start,
            end=end,
            path=hunk.path,
            old="" if hunk.is_new else "".join(f"{line}\n" for line in hunk.old),
            new="".join(f"{line}\n" for line in hunk.new),
            repair=hunk.repair,
        )
        reading.add(block, hunk.path or region.path)


def _hunks(
    source: Source, region: _Region, lines: list[str], reading: EditReading
) -> tuple[list[_Hunk], int]:
    """The hunks, and how many lines belong to the diff."""
    hunks: list[_Hunk] = []
    path: str | None = None
    is_new, is_deleted, index = False, False, 0
    while index < len(lines):
        line = lines[index]
        following = lines[index + 1] if index + 1 < len(lines) else ""
        if line.startswith("--- ") and following.startswith("+++ "):
            path, is_new = _header(source, line, following, reading)
            hunks += [_Hunk(path=path, is_new=True)] if is_new else []
            is_deleted = path is None
            index += 2
            continue
        patch = _PATCH.match(line)
        if patch is not None:
            path, is_new = _patched(source, patch, reading), patch[1] == "Add"
            hunks += [_Hunk(path=path, is_new=True)] if is_new else []
            is_deleted = path is None
        elif is_deleted and (line[:1] in ("-", "@", " ") or _META.match(line)):
            pass
        elif line.startswith("*** End Patch"):
            return hunks, index + 1
        elif _HUNK.match(line) and not is_new:
            hunks.append(_Hunk(path=path))
        elif not _META.match(line) and not _HUNK.match(line):
            is_part = _add_line(line, following, hunks, path, is_fenced=region.is_fenced)
            if not is_part:
                return hunks, index
        index += 1
    return hunks, len(lines)


def _add_line(line: str, following: str, hunks: list[_Hunk], path: str | None, *, is_fenced: bool) -> bool:
    """Whether the line belongs to the diff; it is then in its last hunk."""
    mark = line[:1]
    if not mark.strip() and not line.strip():
        is_over = not is_fenced and following[:1] not in ("+", "-", " ", "@", "")
        if hunks and not is_over:
            hunks[-1].add(" ", line[1:])
        return not is_over
    if not hunks and line.startswith("--- "):
        return True
    if not hunks:
        hunks.append(_Hunk(path=path))
    if mark in ("+", "-", " "):
        hunks[-1].add(mark, line[1:])
        return True
    if not is_fenced:
        return False
    hunks[-1].add(" ", line)
    hunks[-1].repair = "diff-context"
    return True


def _header(source: Source, old: str, new: str, reading: EditReading) -> tuple[str | None, bool]:
    """The path of `---` and `+++`, and whether the file is new."""
    before, after = (line[4:].split("\t")[0].strip().strip('"') for line in (old, new))
    if after == _NOTHING:
        reading.problems.append(_no_deletion(before))
        return None, False
    return _path(source, after), before == _NOTHING


def _patched(source: Source, found: re.Match[str], reading: EditReading) -> str | None:
    if found[1] == "Delete":
        reading.problems.append(_no_deletion(found[2].strip()))
        return None
    return _path(source, found[2].strip())


def _path(source: Source, written: str) -> str | None:
    bare = re.sub(r"\A[ab]/(?=.)", "", written)
    known = source.expectation.known_paths
    return written if written in known else (as_path(bare, source.expectation) or bare or None)


def _no_deletion(path: str) -> Problem:
    return Problem(
        code="no_deletion",
        what=f"The diff deletes {path[:80]}.",
        why="Files are not deleted by a diff here.",
        hint="Change the other files only.",
    )


UNIFIED_DIFF = Dialect(name="unified-diff", read=read)
