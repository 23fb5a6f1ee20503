"""Calls as Qwen3-Coder writes them: `<function=name>` with `<parameter=key>` in it, inside `<tool_call>` or bare."""

from __future__ import annotations

import re

from smallcode_jupyter.agent.parsing.call_shapes import CallReading
from smallcode_jupyter.agent.parsing.elements import read_elements
from smallcode_jupyter.agent.parsing.pieces import Piece, finding_of, read_marked
from smallcode_jupyter.agent.parsing.source import Dialect, Finding, RawCall, Source

__all__ = ["QWEN_XML"]

_OPENING = re.compile(
    r"(?:<tool_call>\s{0,8})?<function=[\"']?([A-Za-z_][\w.\-]{0,80})[\"']?>(?=\s{0,8}<)"
    r"|<tool_call>\s{0,8}<function=[\"']?([A-Za-z_][\w.\-]{0,80})[\"']?>"
)
_BEGUN = re.compile(r"\s{0,8}<[^<>\n]{0,100}\Z")
"""A tag that the end of the answer cuts."""
_FUNCTION_END = re.compile(r"\s{0,8}</function>")
_CALL_END = re.compile(r"\s{0,8}</tool_call>")


def read(source: Source) -> Finding | None:
    """The calls; tags that are missing at the end of a parameter or of the call are mended."""
    if "<function=" not in source.text:
        return None
    return finding_of(source, read_marked(source, _OPENING, _read))


def _read(source: Source, found: re.Match[str]) -> Piece | None:
    text, name = source.text, found[1] or found[2]
    elements = read_elements(text, found.end(), container="function")
    closing = _FUNCTION_END.match(text, elements.end)
    after = closing.end() if closing else elements.end
    is_begun = source.is_cut and _BEGUN.match(text, found.end()) is not None
    if not elements.values and closing is None and not is_begun:
        return None
    outer = _CALL_END.match(text, after)
    is_cut = is_begun or (source.is_cut and (not elements.is_whole or closing is None))
    repairs = elements.repairs if closing else dict.fromkeys((*elements.repairs, "unclosed-tag"))
    call = RawCall(name=name, arguments=dict(elements.values))
    return Piece(
        start=found.start(),
        end=outer.end() if outer else after,
        reading=CallReading() if is_cut else CallReading(calls=(call,)),
        repairs=tuple(repairs),
        is_cut=is_cut,
    )


QWEN_XML = Dialect(name="qwen-xml", read=read)
