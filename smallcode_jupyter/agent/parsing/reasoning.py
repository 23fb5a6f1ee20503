"""Taking a model's thinking out of its answer."""

from __future__ import annotations

import re
from collections.abc import Sequence

__all__ = ["strip_reasoning"]

_FENCE = re.compile(r"^[ \t]*(?:`{3,}|~{3,})", re.MULTILINE)


def strip_reasoning(text: str, tags: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """The text without what stands between these tags, and the names of the repairs that took.

    An opening tag without an end takes everything after it; a closing tag without a start, before any fence,
    takes everything before it (templates put the opening tag into the prompt). Tags inside a fenced block are
    content. Linear; never raises.
    """
    repairs: list[str] = []
    for tag in tags:
        text, found = _strip_tag(text, tag)
        repairs += [name for name in found if name not in repairs]
    return text, tuple(repairs)


def _strip_tag(text: str, tag: str) -> tuple[str, list[str]]:
    opening = re.compile(rf"<{re.escape(tag)}>", re.IGNORECASE)
    closing = re.compile(rf"</{re.escape(tag)}>", re.IGNORECASE)
    repairs: list[str] = []
    kept: list[str] = []
    position = fences = 0
    orphan = closing.search(text)
    first = opening.search(text)
    if (
        orphan
        and (first is None or orphan.start() < first.start())
        and not _FENCE.search(text[: orphan.start()])
    ):
        position = orphan.end()
        repairs.append("unopened-reasoning")
    while start := opening.search(text, position):
        before = text[position : start.start()]
        fences += len(_FENCE.findall(before))
        kept.append(before)
        if fences % 2:
            kept.append(start.group())
            position = start.end()
            continue
        end = closing.search(text, start.end())
        if end is None:
            return "".join(kept), [*repairs, "unclosed-reasoning"]
        position = end.end()
    kept.append(text[position:])
    return "".join(kept), repairs
