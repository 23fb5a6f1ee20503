"""What would change, as unified text and as HTML. For reading: control characters are made visible."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import Literal

from smallcode_jupyter.protocol.changes import ChangeSet, FileChange, Hunk
from smallcode_jupyter.render.plain import plain

__all__ = ["DiffLine", "diff_html", "diff_lines", "unified"]

LineKind = Literal["file", "hunk", "context", "added", "removed", "note"]
_CONTEXT = 3
_SIGNS: dict[LineKind, str] = {
    "file": "",
    "hunk": "",
    "context": " ",
    "added": "+",
    "removed": "-",
    "note": "\\ ",
}
_ROW = "display:inline-block;width:100%"
"""A whole line has the colour; the line end stays text, for viewers that take styles away."""
_STYLES: dict[LineKind, str] = {
    "file": "font-weight:600",
    "hunk": "opacity:.7",
    "context": "",
    "added": "background:rgba(46,160,67,.18)",
    "removed": "background:rgba(248,81,73,.18)",
    "note": "opacity:.7",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DiffLine:
    """One line of a diff, without its sign and line end."""

    kind: LineKind
    text: str


def diff_lines(change: FileChange) -> tuple[DiffLine, ...]:
    """The diff of one file. `@@` lines name the hunks by the numbers that accept and reject understand, from 1."""
    hunks = change.hunks()
    if not hunks and change.before == change.after:
        return ()
    old_name = "/dev/null" if change.before is None else f"a/{change.path}"
    new_name = "/dev/null" if change.after is None else f"b/{change.path}"
    lines = [
        DiffLine(kind="file", text=f"--- {plain(old_name)}"),
        DiffLine(kind="file", text=f"+++ {plain(new_name)}"),
    ]
    before = (change.before or "").splitlines(keepends=True)
    for group in _grouped(hunks):
        lines += _group_lines(before, hunks, group)
    return tuple(lines)


def unified(changes: ChangeSet, *, max_lines: int = 5_000) -> str:
    """All files as unified text; says so where it cut."""
    lines = [line for change in changes.files for line in diff_lines(change)]
    shown = [_SIGNS[line.kind] + line.text for line in lines[:max_lines]]
    if len(lines) > max_lines:
        shown.append(f"… {len(lines) - max_lines:,} more lines of diff")
    return "".join(f"{line}\n" for line in shown)


def diff_html(changes: ChangeSet, *, max_chars: int = 60_000) -> str:
    """All files as HTML for a `pre`: signs as well as colours, everything escaped; says so where it cut."""
    lines = [line for change in changes.files for line in diff_lines(change)]
    parts: list[str] = []
    used = 0
    for line in lines:
        text = escape(_SIGNS[line.kind] + line.text) or " "
        part = f'<span style="{_ROW};{_STYLES[line.kind]}">{text}</span>'
        used += len(part)
        if used > max_chars:
            missing = len(lines) - len(parts)
            parts.append(f'<span style="{_ROW};opacity:.7">… {missing:,} more lines of diff</span>')
            break
        parts.append(part)
    return "\n".join(parts)


def _grouped(hunks: tuple[Hunk, ...]) -> list[list[int]]:
    """Indices of hunks that share a block because their surroundings touch."""
    groups: list[list[int]] = []
    for index, hunk in enumerate(hunks):
        if groups and hunk.before_start - hunks[groups[-1][-1]].before_end <= 2 * _CONTEXT:
            groups[-1].append(index)
        else:
            groups.append([index])
    return groups


def _group_lines(before: list[str], hunks: tuple[Hunk, ...], group: list[int]) -> list[DiffLine]:
    first, last = hunks[group[0]], hunks[group[-1]]
    start = max(0, first.before_start - _CONTEXT)
    end = min(len(before), last.before_end + _CONTEXT)
    after_start = first.after_start - (first.before_start - start)
    after_end = last.after_end + (end - last.before_end)
    numbers = f"hunk {group[0] + 1}" if len(group) == 1 else f"hunks {group[0] + 1}-{group[-1] + 1}"
    header = f"@@ -{_span(start, end)} +{_span(after_start, after_end)} @@ {numbers}"
    lines = [DiffLine(kind="hunk", text=header)]
    position = start
    for index in group:
        hunk = hunks[index]
        lines += _as_lines("context", before[position : hunk.before_start])
        lines += _as_lines("removed", hunk.before)
        lines += _as_lines("added", hunk.after)
        position = hunk.before_end
    return lines + _as_lines("context", before[position:end])


def _span(start: int, end: int) -> str:
    count = end - start
    return f"{start + 1 if count else start},{count}"


def _as_lines(kind: LineKind, texts: tuple[str, ...] | list[str]) -> list[DiffLine]:
    lines: list[DiffLine] = []
    for text in texts:
        body = text.splitlines()[0] if text else ""
        ending = text[len(body) :]
        # A changed line end would be invisible: its carriage return is shown on changed lines.
        carriage = "␍" if "\r" in ending and kind != "context" else ""
        shown = plain(body + ending.strip("\r\n")).replace("\n", "␊")
        lines.append(DiffLine(kind=kind, text=shown + carriage))
        if not ending:
            lines.append(DiffLine(kind="note", text="No newline at end of file"))
    return lines
