"""What a cell's output carries: the run in four MIME types, the events themselves among them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace

from smallcode_jupyter.protocol.codec import to_json
from smallcode_jupyter.protocol.errors import Problem
from smallcode_jupyter.protocol.events import Envelope, ModelDelta, Notice
from smallcode_jupyter.protocol.tools import Json
from smallcode_jupyter.render.html import render_html
from smallcode_jupyter.render.markdown import render_markdown
from smallcode_jupyter.render.text import render_text
from smallcode_jupyter.render.view import ViewState

__all__ = ["TRACE_LIMIT", "TRACE_MIME", "bundle", "trace_json"]

TRACE_MIME = "application/vnd.smallcode.trace.v1+json"
TRACE_LIMIT = 400_000
"""Characters of the trace in one output, at most."""

_TEXT_LIMITS = (20_000, 4_000, 1_000, 300)


def bundle(
    envelopes: Sequence[Envelope], view: ViewState, *, closing: str = "", is_raw: bool = False
) -> dict[str, object]:
    """The run as text/plain, text/markdown, text/html and as its events."""
    return {
        "text/plain": render_text(view, closing=closing),
        "text/markdown": render_markdown(view, closing=closing),
        "text/html": render_html(view, closing=closing, is_raw=is_raw),
        TRACE_MIME: trace_json(envelopes),
    }


def trace_json(envelopes: Sequence[Envelope]) -> list[Json]:
    """The envelopes as JSON, pieces of answers left out (the whole answers are there).

    Where that is more than `TRACE_LIMIT` characters, long texts are cut, then events in the middle are left out; a
    notice `trace_cut` at the end says so.
    """
    kept = [envelope for envelope in envelopes if not isinstance(envelope.event, ModelDelta)]
    encoded: list[Json] = [_encodable(to_json(envelope), None) for envelope in kept]
    if _size(encoded) <= TRACE_LIMIT or not kept:
        return encoded
    for limit in _TEXT_LIMITS:
        encoded = [_encodable(to_json(envelope), limit) for envelope in kept]
        if _size(encoded) <= TRACE_LIMIT:
            return [*encoded, _said(kept[-1], f"Texts longer than {limit:,} characters were cut.")]
    sizes = [_size(item) for item in encoded]
    head, tail = _ends(sizes, TRACE_LIMIT - 2_000)
    missing = len(encoded) - head - tail
    said = _said(kept[-1], f"{missing:,} events in the middle were left out, and long texts cut.")
    return [*encoded[:head], *encoded[len(encoded) - tail :], said]


def _ends(sizes: list[int], limit: int) -> tuple[int, int]:
    """How many items from the start and from the end fit, taken in turn."""
    head = tail = used = 0
    while head + tail < len(sizes):
        is_tail = tail <= head
        size = sizes[-1 - tail] if is_tail else sizes[head]
        used += size + 2
        if used > limit:
            break
        head, tail = (head, tail + 1) if is_tail else (head + 1, tail)
    return head, tail


def _said(last: Envelope, why: str) -> Json:
    problem = Problem(
        code="trace_cut",
        what="This output holds a shortened trace.",
        why=why,
        hint="The trace file has everything.",
    )
    return to_json(replace(last, seq=last.seq + 1, event=Notice(level="info", problem=problem)))


def _size(value: Json) -> int:
    return len(json.dumps(value, ensure_ascii=False))


def _encodable(value: Json, limit: int | None) -> Json:
    """The value with lone surrogates replaced and strings beyond the limit cut, said within them."""
    if isinstance(value, str):
        text = value.encode("utf-8", "replace").decode() if not value.isascii() else value
        if limit is None or len(text) <= limit:
            return text
        return f"{text[:limit]} … [{len(text) - limit:,} characters cut]"
    if isinstance(value, list):
        return [_encodable(item, limit) for item in value]
    if isinstance(value, dict):
        return {key: _encodable(item, limit) for key, item in value.items()}
    return value
