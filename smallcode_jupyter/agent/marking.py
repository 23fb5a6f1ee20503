"""An earlier answer with the places of its mistakes marked, as it is shown again to the model. Pure.

Shown its own code and, below it, what went wrong, a small model writes the same code again in most cases. A comment
on the very line breaks that up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

__all__ = ["marked", "unmarked"]

_COMMENTS = {
    ".py": "#",
    **dict.fromkeys((".js", ".mjs", ".cjs", ".jsx", ".ts", ".mts", ".cts", ".tsx", ".go", ".rs"), "//"),
}
_MARK = re.compile(r"[ \t]*(?:#|//) <-- wrong(?:: [^\n]*)?$", re.MULTILINE)
_MOST = 4
_LONGEST = 100


def marked(reply: str, *, path: str, text: str, failure: str) -> str:
    """`reply` with a comment on each line that `failure` names, as far as the line can be told in it.

    `text` is the file at `path` that the reply led to; the failure counts its lines.
    """
    comment = _COMMENTS.get(PurePosixPath(path).suffix)
    if comment is None:
        return reply
    lines, shown = text.splitlines(), reply.splitlines()
    for number, message in list(_places(failure, path))[:_MOST]:
        source = lines[number - 1].strip() if 0 < number <= len(lines) else ""
        same = [place for place, line in enumerate(shown) if line.strip() == source]
        if source and len(same) == 1:
            note = f"wrong: {message[:_LONGEST]}" if message else "wrong"
            shown[same[0]] = f"{shown[same[0]]}  {comment} <-- {note}"
    return "\n".join(shown)


def unmarked(text: str) -> str:
    """The text without such comments: models copy them."""
    return _MARK.sub("", text)


def _places(failure: str, path: str) -> Iterator[tuple[int, str]]:
    """The lines of the file that a failure names, each once, with what it says of them."""
    name = re.escape(path)
    seen: set[int] = set()
    for match in re.finditer(rf"{name}(?:, line |:)(\d+)(?:: (?!in \w)([^\n]*))?", failure):
        number = int(match[1])
        if number not in seen:
            seen.add(number)
            is_message = not failure[: match.start()].endswith("at ")
            yield number, (match[2] or "").strip() if is_message else ""
