"""Calls as XML: `<read_file><path>..`, `<read_file path=".."/>`, `<invoke name="..">`, `<tool_use><name>..`."""

from __future__ import annotations

import re
from functools import lru_cache

from smallcode_jupyter.agent.parsing.call_shapes import NAME_KEYS, CallReading
from smallcode_jupyter.agent.parsing.coerce import parameter_of
from smallcode_jupyter.agent.parsing.elements import Elements, attributes_of, plain_value, read_elements
from smallcode_jupyter.agent.parsing.names import plain
from smallcode_jupyter.agent.parsing.pieces import Piece, finding_of, read_marked
from smallcode_jupyter.agent.parsing.repair import load_json
from smallcode_jupyter.agent.parsing.source import Dialect, Finding, RawCall, Source
from smallcode_jupyter.protocol.tools import Json, ToolSpec

__all__ = ["XML_CALLS"]

_WRAPPERS = (
    *("invoke", "function_call", "function", "tool_call", "tool_use"),
    *("use_tool", "tool", "action", "call"),
)
_SURE = ("invoke", "function_call", "tool_call", "tool_use", "use_tool")
"""Wrappers that data does not have: what they name and no tool is called, was meant to be one."""
_ATTRIBUTES = (
    r"(?P<attributes>\s(?:[^<>\"'/]|\"[^\"<>\n]{0,300}\"|'[^'<>\n]{0,300}'){0,200})?\s?(?P<closed>/?)>"
)
_AROUND = ("function_calls", "tool_calls", "tool_call", "tool_use", "tools", "actions", "action")
_BEFORE = re.compile(rf"<(?:{'|'.join(_AROUND)})>\s{{0,8}}\Z")
_AFTER = re.compile(rf"\s{{0,8}}</(?:{'|'.join(_AROUND)})>")
_INNER = ("arguments", "parameters", "args", "params", "input", "inputs", "tool_input")
_NAMES = frozenset(plain(key) for key in NAME_KEYS)
_FIRST_NAME = re.compile(
    r"\s{0,8}<(?:name|tool_name|tool|function|function_name)>\s{0,8}([\w.\-]{1,80})\s{0,8}</\w{1,40}>"
)


def read(source: Source) -> Finding | None:
    """The calls of known tools: elements named like a tool, or wrappers that name one."""
    if "<" not in source.text:
        return None
    return finding_of(source, read_marked(source, _opening(source.tools.distinct), _read))


@lru_cache(maxsize=8)
def _opening(names: tuple[str, ...]) -> re.Pattern[str]:
    tags = "|".join(re.escape(name) for name in sorted((*_WRAPPERS, *names), key=len, reverse=True))
    return re.compile(rf"<(?P<tag>{tags})\b{_ATTRIBUTES}")


def _read(source: Source, found: re.Match[str]) -> Piece | None:
    tag, attributes = found["tag"], attributes_of(found["attributes"] or "")
    name_key = next((key for key in attributes if plain(key) in _NAMES), None)
    if tag in _WRAPPERS and name_key is not None:
        return _call(source, found, str(attributes.pop(name_key)), attributes)
    if tag in _WRAPPERS:
        first = _FIRST_NAME.match(source.text, found.end())
        return _call(source, found, first[1], {}, begin=first.end()) if first is not None else None
    return _call(source, found, tag, attributes)


def _call(
    source: Source, found: re.Match[str], name: str, attributes: dict[str, Json], *, begin: int | None = None
) -> Piece | None:
    """The call that this opening tag begins, its first child at `begin`; None where it has no arguments to speak of."""
    tool = source.tools.find_distinct(name)
    named = source.tools.find(name) if tool is None else None
    spec = tool or (named.spec if named is not None else None)
    begin = found.end() if begin is None else begin
    is_own = found["tag"] == name
    if found["closed"]:
        elements, after, is_closed = Elements(values={}, end=begin), begin, True
    else:
        elements, after, is_closed = _children(source, found["tag"], spec, begin)
    arguments = _arguments(elements.values, attributes, spec)
    if spec is None and found["tag"] not in _SURE:
        return None
    if not _is_call(spec, arguments, is_own=is_own, is_closed=is_closed):
        return None
    is_cut = source.is_cut and not is_closed
    before = _BEFORE.search(source.text, max(0, found.start() - 30), found.start())
    closing = _AFTER.match(source.text, after)
    repairs = elements.repairs if is_closed else tuple(dict.fromkeys((*elements.repairs, "unclosed-tag")))
    reading = CallReading(
        calls=(RawCall(name=name, arguments=arguments),) if spec is not None else (),
        unknown=() if spec is not None else (name,),
    )
    return Piece(
        start=before.start() if before else found.start(),
        end=closing.end() if closing else after,
        reading=CallReading() if is_cut else reading,
        repairs=repairs,
        is_cut=is_cut,
    )


def _children(source: Source, tag: str, spec: ToolSpec | None, begin: int) -> tuple[Elements, int, bool]:
    """The elements inside, where the call ends, and whether it is closed. Text alone is the one argument left."""
    text = source.text

    def is_known(key: str) -> bool:
        return spec is None or key in _INNER or parameter_of(spec, key) is not None

    closing = re.compile(rf"\s{{0,80}}</{re.escape(tag)}>")
    elements = read_elements(text, begin, container=tag, is_known=is_known)
    end = closing.match(text, elements.end)
    if end is not None:
        return elements, end.end(), True
    if elements.values:
        return elements, elements.end, False
    stop = text.find(f"</{tag}>", begin)
    if stop < 0:
        return elements, begin, False
    value, repair = plain_value(text[begin:stop])
    values: dict[str, Json] = {"": value} if value.strip() else {}
    inner = Elements(values=values, end=stop, repairs=(repair,) if repair else ())
    return inner, stop + len(tag) + 3, True


def _arguments(
    values: dict[str, Json], attributes: dict[str, Json], spec: ToolSpec | None
) -> dict[str, Json]:
    arguments: dict[str, Json] = dict(attributes)
    for key, value in values.items():
        is_inner = key in _INNER and (spec is None or parameter_of(spec, key) is None)
        if key and not is_inner:
            arguments[key] = value
            continue
        loaded = load_json(str(value))
        if loaded is not None and isinstance(loaded.value, dict):
            arguments.update(loaded.value)
        elif is_inner:
            nested = read_elements(str(value), 0, container=key)
            arguments.update(nested.values)
        else:
            arguments[_only_left(spec, arguments)] = value
    return arguments


def _only_left(spec: ToolSpec | None, arguments: dict[str, Json]) -> str:
    """The parameter that text without a tag of its own is meant for."""
    given = {parameter_of(spec, key) for key in arguments} if spec is not None else set()
    left = [each for each in spec.parameters if each not in given] if spec is not None else []
    required = [each for each in left if each.is_required]
    return (required or left)[0].name if required or left else "text"


def _is_call(spec: ToolSpec | None, arguments: dict[str, Json], *, is_own: bool, is_closed: bool) -> bool:
    """Whether this is more than a tag of the same name: it is closed and complete, or has arguments of the tool."""
    if spec is None:
        return bool(arguments) and not is_own
    known = {parameter.name for key in arguments if (parameter := parameter_of(spec, key)) is not None}
    required = {parameter.name for parameter in spec.parameters if parameter.is_required}
    if is_own and "_" not in spec.name and (len(known) < len(arguments) or not required <= known):
        return False
    if known:
        return True
    return is_closed and (not required or not is_own)


XML_CALLS = Dialect(name="xml", read=read)
