"""The only place where text for a model is cut: whole lines where possible, and always with a note of what is gone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

__all__ = ["BRIEF", "LIMIT", "page", "truncate", "wrap"]

LIMIT = 4_000
"""Characters of a tool's answer."""
BRIEF = 800
"""Characters of its shorter form."""
_LEAST = 200
_LONGEST_LINE = 1_000
_CLEAR = re.compile(
    r"^(?:E\s|>\s|FAILED\b|FAIL\b|--- FAIL|not ok\b|fatal:|panic:|thread '.*' panicked)"
    r"|^\s*[\w.]*(?:Error|Exception|Failure|Exit|Interrupt)\b(?::|$)"
    r"|\berror(?:\[\w+\]|\s+TS\d+)?:|✗|●\s.*›"
)
"""Lines that say what failed, in the formats of the usual runners and compilers."""
_FAILURE = re.compile(
    r"\b(?:error|exception|traceback|failed|failure|failures|fatal|panic|assert\w*|not found|undefined)\b"
    r"|\w(?:Error|Exception)\b",
    re.IGNORECASE,
)
"""Lines that may."""
_DIFFERS = re.compile(
    r"^(?:E\s|\s*[-+?](?:\s|$)|\s*(?:Expected|Received|expected|actual|left|right|want|got)\b|\s*\S+:\d+: )"
)
"""What belongs to the line before it: the lines of a difference, and where it is."""
_FRAME = re.compile(r'^\s*File ".*", line \d+')
_FRAME_LINES = 4
_MOST_DIFFERING = 12
_MOST_FAILURES = 12


def truncate(
    text: str, limit: int = LIMIT, *, hint: str = "", first: int = 1, has_failures: bool = True
) -> str:
    """The text, or its head, its tail, and what between them tells a failure, in at most `limit` characters.

    A failure is the line that names it, with the frame of a traceback before it and the difference after it; a text
    that tells of none, such as source code, is not searched for any (`has_failures`). Each gap is marked. `hint` says
    how to see the rest, as in `read_file("a.py", start={line})`; `{line}` becomes the first line that is missing,
    where the first line of the text is the line `first`. Raises ValueError for a limit below 200.
    """
    if limit < _LEAST:
        raise ValueError(f"a limit of {limit} characters leaves no room")
    if len(text) <= limit:
        return text
    lines = [_clip(line, limit // 3) for line in text.splitlines()]
    for share in (1.0, 0.85, 0.7, 0.55, 0.4):
        kept = _chosen(lines, int(limit * share), has_failures=has_failures)
        shown = _render(lines, kept, len(text), hint, first)
        if len(shown) <= limit:
            return shown
    return _cut_characters(text, limit)


def wrap(text: str) -> str:
    """The text with its endless lines broken, so that lines are enough to name any part of it."""
    if all(len(line) <= _LONGEST_LINE for line in text.splitlines()):
        return text
    pieces: list[str] = []
    for line in text.splitlines():
        pieces += [line[at : at + _LONGEST_LINE] for at in range(0, len(line), _LONGEST_LINE)] or [""]
    return "\n".join(pieces)


def page(lines: list[str], start: int, limit: int) -> int:
    """How many of the lines from `start` on (from 0) fit into `limit` characters with their line ends; at least one."""
    size, count = 0, 0
    for line in lines[start:]:
        size += len(line) + 1
        if size > limit and count:
            break
        count += 1
    return count


def _clip(line: str, limit: int) -> str:
    if len(line) <= limit:
        return line
    half = (limit - 50) // 2
    return f"{line[:half]}[... {len(line) - 2 * half:,} characters of this line cut ...]{line[-half:]}"


def _chosen(lines: Sequence[str], room: int, *, has_failures: bool) -> list[int]:
    """Indices of the lines to keep, in order: a quarter for each end, half for failures, what is left for the head."""
    head = _take(lines, range(len(lines)), room // 4)
    tail = _take(lines, range(len(lines) - 1, len(head) - 1, -1), room // 4)
    between = range(len(head), len(lines) - len(tail))
    kept = [*head, *tail, *(_failing(lines, between, room // 2) if has_failures else ())]
    left = room - sum(len(lines[index]) + 1 for index in kept)
    known = set(kept)
    more = _take(lines, (index for index in between if index not in known), left)
    return sorted([*kept, *more])


def _failing(lines: Sequence[str], between: range, room: int) -> list[int]:
    """The first failures, those that are clearly some before those that may be; a whole one at a time."""
    kept: set[int] = set()
    count = 0
    for pattern in (_CLEAR, _FAILURE):
        for index in between:
            if index in kept or count == _MOST_FAILURES or not pattern.search(lines[index]):
                continue
            block = [i for i in _block(lines, index) if i in between and i not in kept]
            # Each opens a gap of its own, whose note takes room, too.
            size = sum(len(lines[i]) + 1 for i in block) + 60
            if size <= room:
                room -= size
                count += 1
                kept.update(block)
    return sorted(kept)


def _block(lines: Sequence[str], index: int) -> range:
    """A failure's line with its last frame before it and its difference after it."""
    start, end = index, index + 1
    for before in range(index - 1, max(-1, index - 1 - _FRAME_LINES), -1):
        if _FRAME.match(lines[before]):
            start = before
            break
    while end < len(lines) and end - index <= _MOST_DIFFERING and _DIFFERS.match(lines[end]):
        end += 1
    return range(start, end)


def _take(lines: Sequence[str], order: Iterable[int], room: int) -> list[int]:
    taken: list[int] = []
    for index in order:
        room -= len(lines[index]) + 1
        if room < 0:
            break
        taken.append(index)
    return taken


def _render(lines: Sequence[str], kept: Sequence[int], total: int, hint: str, first: int) -> str:
    shown: list[str] = []
    missing = total - sum(len(lines[index]) + 1 for index in kept)
    position = 0
    for index in [*kept, len(lines)]:
        if index > position:
            start, end = position + first, index + first - 1
            which = f"line {end}" if start == end else f"lines {start}-{end}"
            if missing:
                way = f"; see the rest with {hint.replace('{line}', str(start))}" if hint else ""
                shown.append(f"[... {max(missing, 1):,} characters, {which} cut{way} ...]")
                missing = 0
            else:
                shown.append(f"[... {which} cut ...]")
        if index < len(lines):
            shown.append(lines[index])
        position = index + 1
    return "\n".join(shown)


def _cut_characters(text: str, limit: int) -> str:
    half = (limit - 60) // 2
    return f"{text[:half]}\n[... {len(text) - 2 * half:,} characters cut ...]\n{text[-half:]}"
