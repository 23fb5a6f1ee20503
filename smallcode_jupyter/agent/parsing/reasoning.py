"""Taking a model's thinking out of its answer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

__all__ = ["Thought", "strip_reasoning"]

_FENCE = re.compile(r"^[ \t]*(?:`{3,}|~{3,})", re.MULTILINE)
_TOKENS: tuple[tuple[str, str, str], ...] = (
    ("THINK]", r"\[THINK\]", r"\[/THINK\]"),
    ("<|channel>", r"<\|channel>thought\b", r"<channel\|>"),
    ("analysis<|message|>", r"(?:<\|start\|>assistant)?<\|channel\|>analysis<\|message\|>", r"<\|end\|>"),
    ("think▷", r"◁think▷", r"◁/think▷"),
)
"""Special tokens around thinking, a sign of them first: Mistral's, Gemma 4's, gpt-oss's, Kimi's. They mean nothing
else for any model."""
_CALL = re.compile(
    r"<\|?(?:tool_?call|function)|\[TOOL_CALLS\]|<invoke\b|TOOL_NAME:|BEGIN_TOOL|to=functions\.|<start_function_call>"
    r"|<[|｜]tool[▁_]|<\|python_tag\|>|\{\s{0,20}[\"'](?:name|tool|function|action)[\"']\s{0,4}:"
    r"|^[ \t]{0,3}(?:[\w.]{1,60}\(|Action:|<[a-z]{1,30}_[a-z]{1,30}\b)",
    re.MULTILINE,
)
"""What begins a call."""
_FINAL = re.compile(r"(?:<\|start\|>assistant)?<\|channel\|>final(?:<\|constrain\|>\w{1,20})?<\|message\|>")
"""What gpt-oss writes before its answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Thought:
    """An answer and the thinking in it."""

    text: str
    """The answer without the thinking."""
    thinking: str
    """What was taken out, joined."""
    repairs: tuple[str, ...] = ()
    """`unopened-reasoning`, `unclosed-reasoning`."""


def strip_reasoning(text: str, tags: Sequence[str]) -> Thought:
    """The text without what stands between these tags, or between the tokens that templates have for it.

    An opening tag at the beginning of a line without an end takes everything after it; a closing tag without a
    start, before any fence, takes everything before it (templates put the opening tag into the prompt). Tags inside
    a fenced block, and after the opening mark of a call, are content. Linear; never raises.
    """
    thinking: list[str] = []
    repairs: dict[str, None] = {}
    lowered = text.lower()
    for tag in tags:
        if f"{tag.lower()}>" in lowered:
            name = re.escape(tag)
            text = _strip(text, *_patterns(rf"<{name}>", rf"</{name}>"), thinking, repairs)
    for sign, opening, closing in _TOKENS:
        if sign in text:
            text = _strip(text, *_patterns(opening, closing), thinking, repairs)
    if "<|channel|>final" in text:
        text = _FINAL.sub("", text)
    return Thought(text=text, thinking="\n".join(thinking), repairs=tuple(repairs))


@lru_cache(maxsize=32)
def _patterns(opening: str, closing: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    return re.compile(opening, re.IGNORECASE), re.compile(closing, re.IGNORECASE)


def _stands_alone(text: str, tag: re.Match[str]) -> bool:
    """Whether a closing tag ends thinking rather than being part of a file's text."""
    is_at_edge = text[tag.end() : tag.end() + 1] in ("", " ", "\n") or text[: tag.start()].endswith("\n")
    return is_at_edge and not _FENCE.search(text[: tag.start()])


def _strip(
    text: str,
    opening: re.Pattern[str],
    closing: re.Pattern[str],
    thinking: list[str],
    repairs: dict[str, None],
) -> str:
    kept: list[str] = []
    position = fences = 0
    orphan = closing.search(text)
    first = opening.search(text)
    if orphan and (first is None or orphan.start() < first.start()) and _stands_alone(text, orphan):
        thinking.append(text[: orphan.start()])
        position = orphan.end()
        repairs["unopened-reasoning"] = None
    while start := opening.search(text, position):
        before = text[position : start.start()]
        if _CALL.search(before):
            break
        fences += len(_FENCE.findall(before))
        kept.append(before)
        if fences % 2:
            kept.append(start.group())
            position = start.end()
            continue
        end = closing.search(text, start.end())
        if end is None and before.rpartition("\n")[2].strip():
            kept.append(start.group())
            position = start.end()
            continue
        if end is None:
            repairs["unclosed-reasoning"] = None
            thinking.append(text[start.end() :])
            return "".join(kept)
        thinking.append(text[start.end() : end.start()])
        position = end.end()
    kept.append(text[position:])
    return "".join(kept)
