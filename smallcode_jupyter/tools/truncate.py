"""The only place where text for a model is cut: whole lines where possible, and always with a note of what is gone."""

from __future__ import annotations

import re

__all__ = ["LIMIT", "page", "truncate"]

LIMIT = 4_000
"""Characters of a tool's answer."""
_LEAST = 200
_FAILURE = re.compile(
    r"^E\s|\b(error|exception|traceback|failed|failure|failures|fatal|panic|assert\w*|not found|undefined)\b"
    r"|\w(Error|Exception)\b|✗|^FAIL|^not ok",
    re.IGNORECASE,
)
_MOST_FAILURE_LINES = 12


def truncate(text: str, limit: int = LIMIT, *, hint: str = "") -> str:
    """The text, or its head, its tail, and lines between them that look like failures, in at most `limit` characters.

    Each gap is marked with what is missing. `hint` says how to see the rest, as in `read_file(path, start={line})`;
    `{line}` becomes the first line that is missing. Raises ValueError for a limit below 200.
    """
    if limit < _LEAST:
        raise ValueError(f"a limit of {limit} characters leaves no room")
    if len(text) <= limit:
        return text
    lines = [_clip(line, limit // 3) for line in text.splitlines()]
    for share in (1.0, 0.85, 0.7, 0.55, 0.4):
        kept = _chosen(lines, int(limit * share))
        shown = _render(lines, kept, len(text), hint)
        if len(shown) <= limit:
            return shown
    return _cut_characters(text, limit)


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


def _chosen(lines: list[str], room: int) -> list[int]:
    """Indices of the lines to keep, in order."""
    head = _take(lines, range(len(lines)), int(room * 0.4))
    tail = _take(lines, range(len(lines) - 1, len(head) - 1, -1), int(room * 0.4))
    between = range(len(head), len(lines) - len(tail))
    failures = [index for index in between if _FAILURE.search(lines[index])][:_MOST_FAILURE_LINES]
    # Each may open a gap of its own, whose note takes room too.
    kept = _take(lines, failures, int(room * 0.2), extra=60)
    return [*head, *kept, *reversed(tail)]


def _take(lines: list[str], order: range | list[int], room: int, *, extra: int = 1) -> list[int]:
    taken: list[int] = []
    for index in order:
        room -= len(lines[index]) + extra
        if room < 0:
            break
        taken.append(index)
    return taken


def _render(lines: list[str], kept: list[int], total: int, hint: str) -> str:
    shown: list[str] = []
    missing = total - sum(len(lines[index]) + 1 for index in kept)
    position = 0
    for index in [*kept, len(lines)]:
        if index > position:
            which = f"line {index}" if index == position + 1 else f"lines {position + 1}-{index}"
            if missing:
                way = f"; see the rest with {hint.replace('{line}', str(position + 1))}" if hint else ""
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
