"""Cutting the output of checkers to what a model or a person can use, always saying that something was cut."""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["DETAIL_CHARS", "DISPLAY_CHARS", "around", "first_few", "shorten", "trim_detail", "trim_display"]

DETAIL_CHARS = 1_500
"""What a small model reads of one failure."""
DISPLAY_CHARS = 20_000
"""What a person is shown of one checker's output."""


def shorten(text: str, limit: int = 200) -> str:
    """One value on one line, cut in the middle."""
    line = " ".join(text.split()) if "\n" in text else text
    if len(line) <= limit:
        return line
    half = limit // 2
    return f"{line[:half]}... ({len(line)} characters) ...{line[-half // 2 :]}"


def trim_detail(text: str) -> str:
    """The head of a failure, for the model."""
    return _head(text.strip("\n"), DETAIL_CHARS)


def trim_display(text: str) -> str:
    """Head and tail of a checker's output, for the person."""
    if len(text) <= DISPLAY_CHARS:
        return text
    half = DISPLAY_CHARS // 2
    return f"{text[:half]}\n... {len(text) - 2 * half} characters cut ...\n{text[-half:]}"


def first_few(lines: Sequence[str], limit: int = 3) -> str:
    """The first lines, and how many more there are."""
    shown = list(lines[:limit])
    if len(lines) > limit:
        shown.append(f"and {len(lines) - limit} more")
    return "\n".join(shown)


def around(text: str, line: int, *, margin: int = 2) -> str:
    """The source line with its neighbours, numbered, the line itself marked. Lines count from 1."""
    lines = text.split("\n")
    first, last = max(1, line - margin), min(len(lines), line + margin)
    return "\n".join(
        f"{'>' if number == line else ' '} {number}: {lines[number - 1][:200]}"
        for number in range(first, last + 1)
    )


def _head(text: str, limit: int) -> str:
    if len(text) <= limit:
        return text
    note = "\n... ({} more characters)"
    kept = text[: limit - len(note) - 8]
    return kept + note.format(len(text) - len(kept))
