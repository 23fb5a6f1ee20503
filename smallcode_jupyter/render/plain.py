"""Making foreign text harmless: no terminal escapes, no control characters, nothing unencodable."""

from __future__ import annotations

import re
import unicodedata

__all__ = ["columns", "cut", "one_line", "plain"]

_ANSI = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[@-Z\\-_])")
_SURROGATE = re.compile("[\ud800-\udfff]")
_REORDERING = (*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x2028, 0x2029, 0x200E, 0x200F)
_CONTROL: dict[int, str] = {
    **{code: chr(0x2400 + code) for code in range(0x20) if code not in (0x09, 0x0A)},
    0x7F: "␡",
    **dict.fromkeys(range(128, 160), "�"),
    **{code: f"\\u{code:04x}" for code in _REORDERING},
}


def plain(text: str) -> str:
    """The text without escape sequences, with control and reordering characters made visible.

    Line ends become `\\n`. The result can be encoded as UTF-8, whatever the model wrote.
    """
    text = _ANSI.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return _SURROGATE.sub("\ufffd", text.translate(_CONTROL))


def one_line(text: str, limit: int = 80) -> str:
    """The text on one line of at most `limit` characters; `…` marks what was cut."""
    line = " ".join(plain(text).split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


def cut(text: str, limit: int) -> str:
    """The head of a long text and a sentence on how much is missing."""
    if len(text) <= limit:
        return text
    return f"{text[:limit]}\n… {len(text) - limit:,} more characters; `trace` shows all"


def columns(text: str) -> int:
    """How many columns a terminal needs for it."""
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1
        for char in text
    )
