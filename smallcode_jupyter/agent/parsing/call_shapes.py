"""Which JSON values are tool calls: every shape that models use, and none that is data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from smallcode_jupyter.agent.parsing.coerce import parameter_of
from smallcode_jupyter.agent.parsing.names import ToolIndex, plain
from smallcode_jupyter.agent.parsing.source import RawCall
from smallcode_jupyter.protocol.events import Repair
from smallcode_jupyter.protocol.tools import Json, ToolSpec

__all__ = ["ARGUMENT_KEYS", "NAME_KEYS", "WRAPPER_KEYS", "CallReading", "joined", "known_keys", "read_calls"]

NAME_KEYS = ("name", "tool", "tool_name", "function", "function_name", "action", "recipient_name")
ARGUMENT_KEYS = (
    "arguments",
    "parameters",
    "args",
    "params",
    "input",
    "inputs",
    "kwargs",
    "tool_input",
    "tool_args",
    "action_input",
)
WRAPPER_KEYS = (
    *("tool_calls", "tool_call", "function_call", "function", "calls", "tool_uses", "tool_use"),
    *("tool", "action", "command"),
)
_MOST_CALLS = 64
_MOST_UNKNOWN = 8
"""Names of no tool in one list; a list with more is data."""
_PLAIN_NAME_KEYS = ("action", "recipient_name")
"""Keys that data uses too: under them a tool's alias that is a plain word names no tool."""
_ENVELOPE = frozenset(plain(key) for key in (*NAME_KEYS, *ARGUMENT_KEYS, *WRAPPER_KEYS, "type", "id"))


@dataclass(frozen=True, slots=True, kw_only=True)
class CallReading:
    """The calls that a value is."""

    calls: tuple[RawCall, ...] = ()
    repairs: tuple[Repair, ...] = ()
    unknown: tuple[str, ...] = ()
    """Names in call-shaped objects that no tool has."""


def known_keys(tools: ToolIndex) -> frozenset[str]:
    """Plain names that the key of a call's JSON may have."""
    return tools.keys | _ENVELOPE


def read_calls(value: Json, tools: ToolIndex, *, is_declared: bool = False, level: int = 0) -> CallReading:
    """The calls in this value; empty where it is data. Never raises.

    `is_declared`: a marker says that this is a call, so that plain words may name a tool.
    """
    if level > 4:
        return CallReading()
    if isinstance(value, list):
        return _listed(value, tools, is_declared=is_declared, level=level)
    if not isinstance(value, dict):
        return CallReading()
    for key in WRAPPER_KEYS:
        inner = value.get(key)
        if isinstance(inner, dict | list):
            reading = read_calls(inner, tools, is_declared=is_declared, level=level + 1)
            if reading.calls or reading.unknown:
                return reading
    name_key = next((key for key in NAME_KEYS if isinstance(value.get(key), str)), None)
    if name_key is not None:
        return _named(value, name_key, tools, is_declared=is_declared)
    return _keyed(value, tools)


def _listed(value: list[Json], tools: ToolIndex, *, is_declared: bool, level: int) -> CallReading:
    """Calls one after another, or `["read_file", {"path": ...}]`."""
    if len(value) == 2 and isinstance(value[0], str) and isinstance(value[1], dict):
        tool = tools.find_distinct(value[0])
        is_call = tool is not None and (is_declared or _fits(tool, value[1]))
        return CallReading(calls=(RawCall(name=value[0], arguments=value[1]),) if is_call else ())
    readings: list[CallReading] = []
    unknown = 0
    for item in value[:_MOST_CALLS]:
        readings.append(read_calls(item, tools, is_declared=is_declared, level=level + 1))
        unknown += len(readings[-1].unknown)
        if unknown > _MOST_UNKNOWN:
            break
    return joined(readings)


def joined(readings: Sequence[CallReading]) -> CallReading:
    """All of them as one."""
    return CallReading(
        calls=tuple(call for reading in readings for call in reading.calls),
        repairs=tuple(repair for reading in readings for repair in reading.repairs),
        unknown=tuple(name for reading in readings for name in reading.unknown),
    )


def _named(value: dict[str, Json], name_key: str, tools: ToolIndex, *, is_declared: bool) -> CallReading:
    """`{"name": ..., "arguments": {...}}`, or the arguments beside the name."""
    name = str(value[name_key])
    argument_key = next((key for key in ARGUMENT_KEYS if key in value), None)
    tool = tools.find(name, may_be_misspelled=argument_key is not None)
    if argument_key is not None:
        arguments = value[argument_key]
        filled = _filled_schema(arguments)
        if filled is None:
            return CallReading()
        if tool is None:
            return CallReading(unknown=(name,) if isinstance(arguments, dict) or is_declared else ())
        if not is_declared and not _is_meant(tool.spec, name, name_key, argument_key, filled, tools):
            return CallReading()
        repairs = (Repair(name="filled-schema", detail=name),) if filled is not arguments else ()
        return CallReading(calls=(RawCall(name=name, arguments=filled),), repairs=repairs)
    if tool is None:
        return CallReading(unknown=(name,) if is_declared else ())
    rest = {key: item for key, item in value.items() if key != name_key and not _is_envelope(tool.spec, key)}
    is_bare = not rest and name_key == "name" and name != tool.spec.name and not is_declared
    if is_bare or not (is_declared or _fits(tool.spec, rest)):
        return CallReading()
    repair = Repair(name="flat-arguments", detail=name)
    return CallReading(calls=(RawCall(name=name, arguments=rest),), repairs=(repair,) if rest else ())


def _is_meant(
    spec: ToolSpec, name: str, name_key: str, argument_key: str, arguments: Json, tools: ToolIndex
) -> bool:
    """Whether a name that is a plain word (`test`, `find`) means the tool rather than data."""
    if name not in spec.aliases or tools.find_distinct(name) is not None:
        return True
    if name_key in _PLAIN_NAME_KEYS and argument_key != "action_input":
        return False
    return isinstance(arguments, dict | str) and (not isinstance(arguments, dict) or _fits(spec, arguments))


def _is_envelope(spec: ToolSpec, key: str) -> bool:
    return key in ("id", "type") and parameter_of(spec, key) is None


def _filled_schema(arguments: Json) -> Json:
    """The arguments; the values of a schema that was filled in; None for a mere schema, which calls nothing."""
    if not isinstance(arguments, dict):
        return "" if arguments is None else arguments
    properties = arguments.get("properties")
    if not isinstance(properties, dict) or arguments.get("type") != "object":
        return arguments
    values: dict[str, Json] = {key: item for key, item in properties.items() if not isinstance(item, dict)}
    return values or None


def _keyed(value: dict[str, Json], tools: ToolIndex) -> CallReading:
    """`{"read_file": {"path": ...}}`: each key a tool, each value arguments that fit it."""
    calls: list[RawCall] = []
    for key, arguments in list(value.items())[:_MOST_CALLS]:
        tool = tools.find_distinct(key)
        if tool is None:
            return CallReading()
        if isinstance(arguments, dict) and _fits(tool, arguments):
            calls.append(RawCall(name=key, arguments=arguments))
        elif isinstance(arguments, str) and len(value) == 1 and "_" in key and _is_one(tool, arguments):
            calls.append(RawCall(name=key, arguments=[arguments]))
        else:
            return CallReading()
    repairs = tuple(Repair(name="keyed-call", detail=call.name) for call in calls)
    return CallReading(calls=tuple(calls), repairs=repairs)


def _fits(spec: ToolSpec, arguments: dict[str, Json]) -> bool:
    """Whether these are arguments of this tool beyond doubt: all known, all required ones there."""
    named = [parameter_of(spec, key) for key in arguments]
    given = {parameter.name for parameter in named if parameter is not None}
    required = {parameter.name for parameter in spec.parameters if parameter.is_required}
    return None not in named and required <= given


def _is_one(spec: ToolSpec, text: str) -> bool:
    required = [parameter for parameter in spec.parameters if parameter.is_required]
    is_first = bool(spec.parameters) and required == [spec.parameters[0]]
    return is_first and 0 < len(text) <= 200 and "\n" not in text
