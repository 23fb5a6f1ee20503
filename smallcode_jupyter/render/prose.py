"""A model's words, cut into prose and fenced code, so that both can be shown safely."""

from __future__ import annotations

import re
from dataclasses import dataclass

from smallcode_jupyter.render.plain import plain

__all__ = ["Block", "blocks", "fenced", "markdown_escape"]

_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})[ \t]*([\w+#.-]*)[^`\n]*$")
_SPECIAL = re.compile(r"([\\`*_{}\[\]|~$])")
_HTML = str.maketrans({"<": "&lt;", ">": "&gt;", "&": "&amp;"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A run of prose, or the inside of a fence."""

    text: str
    is_code: bool = False
    language: str = ""


def blocks(text: str) -> tuple[Block, ...]:
    """The text in order. A fence that is never closed reaches to the end."""
    found: list[Block] = []
    lines: list[str] = []
    fence, language = "", ""

    def flush(*, is_code: bool) -> None:
        body = "\n".join(lines)
        if body.strip() or is_code:
            found.append(Block(text=body.strip("\n"), is_code=is_code, language=language if is_code else ""))
        lines.clear()

    for line in plain(text).split("\n"):
        mark = _FENCE.match(line)
        if fence and line.strip().startswith(fence) and not line.strip().strip(fence[0]):
            flush(is_code=True)
            fence = ""
        elif not fence and mark:
            flush(is_code=False)
            fence, language = mark[1], mark[2]
        else:
            lines.append(line)
    if lines or fence:
        flush(is_code=bool(fence))
    return tuple(found)


def fenced(code: str, language: str = "") -> str:
    """The code in a Markdown fence that it cannot close itself."""
    runs = re.findall(r"`{3,}", code)
    fence = "`" * max([3, *(len(run) + 1 for run in runs)])
    return f"{fence}{language}\n{code.rstrip(chr(10))}\n{fence}"


def markdown_escape(text: str) -> str:
    """Prose that Markdown shows as it is: no markup, links, images, mathematics or HTML."""
    return _SPECIAL.sub(r"\\\1", plain(text)).translate(_HTML)
