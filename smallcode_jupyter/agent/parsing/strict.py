"""Reading an answer without any help, for measuring what the help is worth: exactly what was asked for, or nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from smallcode_jupyter.agent.parsing.parsed import Expectation, Parsed
from smallcode_jupyter.protocol.model import ModelReply
from smallcode_jupyter.protocol.tools import CATEGORIES, Json, ToolCall, ToolSpec

__all__ = ["parse_strict"]

_BLOCK = re.compile(r"^```[\w+-]*(?: +(?P<path>\S+))?\n(?P<content>.*?)^```\s*$", re.M | re.S)
_EDIT = re.compile(
    r"^(?P<path>\S+)\n<{7} SEARCH\n(?P<old>.*?)^={7}\n(?P<new>.*?)^>{7} REPLACE\s*$", re.M | re.S
)


def parse_strict(reply: ModelReply, *, specs: Sequence[ToolSpec], expectation: Expectation) -> Parsed:
    """Calls in perfect JSON, exact search-and-replace blocks, or the first plain fenced block. Pure; never raises.

    Nothing is mended: no alias, no type, no path, no unfinished fence.
    """
    names = {spec.name for spec in specs}
    text = reply.text.strip()
    loaded: list[tuple[str, Json]] = [(call.name, _json(call.arguments)) for call in reply.native_calls]
    body = _json(text)
    if not loaded and isinstance(body, dict) and body.keys() == {"name", "arguments"}:
        loaded = [(str(body["name"]), body["arguments"])]
    found = [call for call in loaded if call[0] in names and isinstance(call[1], dict)]
    dialect = "native" if reply.native_calls else "json"
    if not found and expectation.accepts_blocks:
        dialect, found = "fenced-file", _blocks(reply.text, expectation.default_path)
    if found:
        calls = tuple(
            ToolCall(id=f"call_{expectation.first_id + index}", name=name, arguments=value)
            for index, (name, value) in enumerate(found)
            if isinstance(value, dict)
        )
        return Parsed(dialect=dialect, calls=calls)
    return Parsed(dialect="category" if text in CATEGORIES else "prose", text=text)


def _blocks(text: str, default_path: str | None) -> list[tuple[str, Json]]:
    edits: list[tuple[str, Json]] = [("edit_file", dict(match.groupdict())) for match in _EDIT.finditer(text)]
    block = _BLOCK.search(text)
    if edits or block is None:
        return edits
    path = block["path"] or default_path
    return [("write_file", {"path": path, "content": block["content"]})] if path else []


def _json(text: str) -> Json:
    try:
        value: Json = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return value
