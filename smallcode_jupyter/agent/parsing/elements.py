"""Arguments written as XML elements, one after another: `<parameter=path>a.py</parameter>`, `<path>a.py</path>`."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import dataclass

from smallcode_jupyter.protocol.tools import Json

__all__ = ["Elements", "attributes_of", "plain_value", "read_elements"]

_MOST = 32
"""Elements of one call."""
_FRAME = ("tool_call", "function", "invoke", "function_calls")
"""Elements around a call, never arguments."""
_OPENING = re.compile(
    r"\s*<(?:(?P<word>parameter|param|argument|arg|input)(?:=|\s{1,8}(?:name|key)\s{0,4}=\s{0,4})[\"']?"
    r"(?P<named>[\w.\-]{1,80})[\"']?[^<>\n]{0,80}|(?P<tag>[A-Za-z_][\w.\-]{0,60})(?:\s[^<>\n]{0,200})?)>"
)
_ATTRIBUTE = re.compile(r"""([A-Za-z_][\w\-]{0,60})\s{0,4}=\s{0,4}(?:"([^"]{0,2000})"|'([^']{0,2000})')""")
_CDATA = re.compile(r"\s*<!\[CDATA\[(.*?)(?:\]\]>\s*)?\Z", re.DOTALL)
_ENTITY = re.compile(r"&(?:lt|gt|amp|quot|apos|#39|#34);")


@dataclass(frozen=True, slots=True, kw_only=True)
class Elements:
    """The elements that were read."""

    values: dict[str, Json]
    end: int
    """Offset after the last."""
    repairs: tuple[str, ...] = ()
    is_whole: bool = True
    """False where the text ended inside one."""


def read_elements(
    text: str, start: int, *, container: str, is_known: Callable[[str], bool] = lambda _: True
) -> Elements:
    """The elements from here on, up to what is none; `container` is the name of the element around them.

    An element ends at its own closing tag where another element or the end of the container follows, else where
    these begin. `is_known`: whether a bare tag is an argument's name.
    """
    values: dict[str, Json] = {}
    repairs: dict[str, None] = {}
    position, is_whole = start, True
    missing: set[str] = set()
    for _ in range(_MOST):
        found = _OPENING.match(text, position)
        name = (found["named"] or found["tag"]) if found is not None else ""
        if found is None or (found["tag"] and (name in _FRAME or not is_known(name))):
            break
        stop, position, mend = _ending(text, found, container, missing)
        is_whole = position >= 0
        position = position if is_whole else len(text)
        value, mended = plain_value(text[found.end() : stop])
        for repair in (mend, mended):
            if repair:
                repairs[repair] = None
        values.setdefault(name, value)
        if not is_whole:
            break
    return Elements(values=values, end=position, repairs=tuple(repairs), is_whole=is_whole)


def _ending(text: str, opening: re.Match[str], container: str, missing: set[str]) -> tuple[int, int, str]:
    """Where the element's value stops, where to go on (-1 at the end of the text), and the mend.

    `missing` collects the closing tags that the rest of the text does not have: they are looked for once.
    """
    closing = f"</{opening['word'] or opening['tag']}>"
    another = r"<(?:parameter|param|argument|arg)[=\s]" if opening["word"] else r"<[A-Za-z_][\w.\-]{0,60}>"
    over = rf"</?{re.escape(container)}>|</(?:tool_call|function|invoke|function_calls)>"
    over += r"|<tool_call>|<function=|<invoke\b" if opening["word"] else ""
    sure = re.compile(rf"{re.escape(closing)}(?=\s{{0,80}}(?:{over}|{another}|\Z|`{{3}}))")
    found = sure.search(text, opening.end()) if closing not in missing else None
    if found is None:
        missing.add(closing)
    limit = found.start() if found is not None else len(text)
    following = re.compile(rf"\s{{0,80}}(?:{over})").search(text, opening.end(), limit)
    if opening["word"]:
        next_one = re.compile(rf"\n[ \t]{{0,20}}{another}").search(text, opening.end(), limit)
        if next_one is not None and (following is None or next_one.start() < following.start()):
            return next_one.start(), next_one.start(), "unclosed-tag"
    if found is not None:
        return found.start(), found.end(), ""
    plain = text.find(closing, opening.end())
    if plain >= 0:
        return plain, plain + len(closing), ""
    if following is not None:
        return following.start(), following.start(), "unclosed-tag"
    return len(text), -1, "unclosed-tag"


def plain_value(value: str) -> tuple[str, str]:
    """The text that an element stands for, without the line breaks next to its tags, and the mend's name."""
    wrapped = _CDATA.match(value)
    if wrapped is not None:
        return wrapped[1].removeprefix("\n"), "cdata"
    value = value.removeprefix("\n")
    value = value[:-1] if value.endswith("\n") and value.count("\n") >= 1 else value
    if "<" not in value and _ENTITY.search(value):
        return html.unescape(value), "entities"
    return value, ""


def attributes_of(tag: str) -> dict[str, Json]:
    """The attributes of an opening tag."""
    return {
        found[1]: html.unescape(found[2] if found[2] is not None else found[3] or "")
        for found in _ATTRIBUTE.finditer(tag)
    }
