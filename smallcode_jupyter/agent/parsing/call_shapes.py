"""Which JSON values are tool calls: every shape that models use, and none that is data."""

from __future__ import annotations

from dataclasses import dataclass

from smallcode_jupyter.agent.parsing.coerce import parameter_of
from smallcode_jupyter.agent.parsing.names import ToolIndex
from smallcode_jupyter.agent.parsing.source import RawCall
from smallcode_jupyter.protocol.events import Repair
from smallcode_jupyter.protocol.tools import Json, ToolSpec

__all__ = ["ARGUMENT_KEYS", "NAME_KEYS", "WRAPPER_KEYS", "CallReading", "read_calls"]

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
WRAPPER_KEYS = ("tool_calls", "tool_call", "function_call", "function", "calls", "tool_uses")
_MOST_CALLS = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class CallReading:
    """The calls that a value is."""

    calls: tuple[RawCall, ...] = ()
    repairs: tuple[Repair, ...] = ()
    unknown: tuple[str, ...] = ()
    """Names in call-shaped objects that no tool has."""


def read_calls(value: Json, tools: ToolIndex, *, level: int = 0) -> CallReading:
    """The calls in this value; empty where it is data. Never raises."""
    if level > 4:
        return CallReading()
    if isinstance(value, list):
        return _joined([read_calls(item, tools, level=level + 1) for item in value[:_MOST_CALLS]])
    if not isinstance(value, dict):
        return CallReading()
    for key in WRAPPER_KEYS:
        inner = value.get(key)
        if isinstance(inner, dict | list):
            reading = read_calls(inner, tools, level=level + 1)
            if reading.calls or reading.unknown:
                return reading
    name_key = next((key for key in NAME_KEYS if isinstance(value.get(key), str)), None)
    if name_key is not None:
        return _named(value, name_key, tools)
    return _keyed(value, tools)


def _joined(readings: list[CallReading]) -> CallReading:
    return CallReading(
        calls=tuple(call for reading in readings for call in reading.calls),
        repairs=tuple(repair for reading in readings for repair in reading.repairs),
        unknown=tuple(name for reading in readings for name in reading.unknown),
    )


def _named(value: dict[str, Json], name_key: str, tools: ToolIndex) -> CallReading:
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
            return CallReading(unknown=(name,) if isinstance(arguments, dict) else ())
        repairs = (Repair(name="filled-schema", detail=name),) if filled is not arguments else ()
        return CallReading(calls=(RawCall(name=name, arguments=filled),), repairs=repairs)
    if tool is None:
        return CallReading()
    rest = {key: item for key, item in value.items() if key != name_key and not _is_envelope(tool.spec, key)}
    is_bare = not rest and name_key == "name" and name != tool.spec.name
    if is_bare or not _fits(tool.spec, rest):
        return CallReading()
    repair = Repair(name="flat-arguments", detail=name)
    return CallReading(calls=(RawCall(name=name, arguments=rest),), repairs=(repair,) if rest else ())


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
        tool = tools.find(key, may_be_misspelled=False)
        if tool is None:
            return CallReading()
        if isinstance(arguments, dict) and _fits(tool.spec, arguments):
            calls.append(RawCall(name=key, arguments=arguments))
        elif isinstance(arguments, str) and len(value) == 1 and _is_one_argument(tool.spec, arguments):
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


def _is_one_argument(spec: ToolSpec, text: str) -> bool:
    required = [parameter for parameter in spec.parameters if parameter.is_required]
    is_first = bool(spec.parameters) and required == [spec.parameters[0]]
    return is_first and 0 < len(text) <= 200 and "\n" not in text
