"""A cell's outputs as a little text."""

from __future__ import annotations

import re

from smallcode_jupyter.protocol.tools import Json
from smallcode_jupyter.workspace.json_spans import Span, elements, parse

__all__ = ["output_text"]

_COLOURS = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
_MAX_OUTPUTS = 50


def output_text(text: str, span: Span | None, *, limit: int) -> str:
    """The text of the outputs that stand at `span` of a notebook's text, at most about `limit` characters.

    Images and other data are named with their size, never shown. Says what was cut. Raises ValueError for what is
    no array.
    """
    if span is None:
        return ""
    parts: list[str] = []
    count = 0
    for output in elements(text, span[0]):
        count += 1
        part = _part(parse(text, output))
        if part and count <= _MAX_OUTPUTS:
            parts.append(part)
    if count > _MAX_OUTPUTS:
        parts.append(f"({count - _MAX_OUTPUTS} more outputs)")
    return _capped("\n".join(parts), limit)


def _part(output: Json) -> str:
    if not isinstance(output, dict):
        return ""
    kind = output.get("output_type")
    if kind == "stream":
        return _text(output.get("text")).rstrip("\n")
    if kind == "error":
        return f"{output.get('ename', 'Error')}: {_text(output.get('evalue'))}"
    data = output.get("data")
    return _data(data) if isinstance(data, dict) else ""


def _data(data: dict[str, Json]) -> str:
    shown = [_text(data["text/plain"]).rstrip("\n")] if "text/plain" in data else []
    shown += [f"[{kind}, {_size(value)} left out]" for kind, value in data.items() if kind != "text/plain"]
    return "\n".join(shown)


def _size(value: Json) -> str:
    count = len(_text(value)) if isinstance(value, str | list) else len(str(value)[:1_000_000])
    return f"{count // 1_000} kB" if count >= 1_000 else f"{count} bytes"


def _text(value: Json) -> str:
    if isinstance(value, list):
        value = "".join(item for item in value if isinstance(item, str))
    return _COLOURS.sub("", value) if isinstance(value, str) else ""


def _capped(text: str, limit: int) -> str:
    if len(text) <= limit:
        return text
    head, tail = text[: limit * 2 // 3], text[-(limit // 3) :]
    return f"{head}\n(… {len(text) - len(head) - len(tail)} characters left out …)\n{tail}"
