"""Fitting the arguments a model wrote to a tool's parameters, each mend named."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from itertools import islice

from smallcode_jupyter.agent.parsing.names import closest, plain
from smallcode_jupyter.agent.parsing.paths import is_path_parameter
from smallcode_jupyter.agent.parsing.repair import load_json
from smallcode_jupyter.protocol.errors import Problem
from smallcode_jupyter.protocol.events import Repair
from smallcode_jupyter.protocol.tools import Json, Parameter, ToolSpec

__all__ = ["coerce_arguments", "parameter_of"]

_TRUE = ("true", "yes", "1", "on")
_FALSE = ("false", "no", "0", "off")
_NOTHING = ("", "None", "none", "null", "undefined")
"""How models write an argument that they leave out."""
_SCHEMA_KEYS = ("type", "properties", "required", "description")
"""What a schema has that a model prints back: none of it is an argument."""
_MOST_GIVEN = 64
"""Arguments of one call; what has more is data."""
_BULLET = re.compile(r"\s*(?:[-*+]|\d{1,3}[.)])\s+")
_ITEM_KEYS = ("step", "words", "text", "title", "task", "description", "content", "name")
"""Where an item that should be text but is an object keeps its words."""

_NO_PATH = ("", "...", "…")
_NO_ITEMS = (["..."], ["…"])
"""The example of a prompt, copied with its dots."""


def coerce_arguments(
    spec: ToolSpec, raw: Json
) -> tuple[Mapping[str, Json], tuple[Repair, ...], tuple[Problem, ...]]:
    """The arguments under the tool's own names and types, what was mended, and what is missing or unusable.

    `raw` may be an object, its JSON text, a list in the order of the parameters, or the one argument itself.
    With a problem the call must not be run. Never raises.
    """
    repairs: list[Repair] = []
    given = _by_name(spec, raw, repairs)
    matched = _match(spec, given, repairs)
    arguments: dict[str, Json] = {}
    problems: list[Problem] = []
    for parameter in spec.parameters:
        value = matched.get(parameter.name)
        if value is not None:
            fitted = _fit(parameter, value)
            if fitted is None and not parameter.is_required and value in _NOTHING:
                repairs.append(Repair(name=f"dropped:{parameter.name}", detail=spec.name))
                continue
            if fitted is None:
                problems.append(_wrong_type(spec, parameter, value))
                continue
            if type(fitted) is not type(value) or fitted != value:
                repairs.append(Repair(name=f"type:{parameter.name}", detail=parameter.kind))
            value = fitted
        is_missing = (
            value is None or (is_path_parameter(parameter) and value in _NO_PATH) or value in _NO_ITEMS
        )
        if is_missing and parameter.is_required:
            problems.append(_missing(spec, parameter))
        elif not is_missing:
            arguments[parameter.name] = value
    return arguments, tuple(repairs), tuple(problems)


def _by_name(spec: ToolSpec, raw: Json, repairs: list[Repair]) -> Mapping[str, Json]:
    if isinstance(raw, dict):
        return _unwrapped(spec, raw, repairs)
    if isinstance(raw, str):
        loaded = load_json(raw)
        inner = loaded.value if loaded is not None else None
        if (
            loaded is not None
            and isinstance(inner, dict)
            and (raw.lstrip().startswith("{") or _fits_some(spec, inner))
        ):
            repairs += [Repair(name=name, detail="arguments") for name in loaded.repairs]
            return _unwrapped(spec, inner, repairs)
    if raw is None or not spec.parameters or raw == "":
        return {}
    values = raw if isinstance(raw, list) else [raw]
    repairs.append(Repair(name="bare-arguments", detail=spec.name))
    return {parameter.name: value for parameter, value in zip(spec.parameters, values, strict=False)}


def _unwrapped(spec: ToolSpec, raw: dict[str, Json], repairs: list[Repair]) -> dict[str, Json]:
    """Without a wrapper that repeats `arguments`, or the schema's `properties` with values filled in."""
    for key in ("arguments", "parameters", "args", "properties", "kwargs"):
        inner = raw.get(key)
        if isinstance(inner, dict) and not _fits_some(spec, raw):
            repairs.append(Repair(name="unwrapped", detail=key))
            return inner
    return raw


def _fits_some(spec: ToolSpec, raw: dict[str, Json]) -> bool:
    return any(parameter_of(spec, key) for key in raw)


def parameter_of(spec: ToolSpec, key: str) -> Parameter | None:
    """The parameter of this name or alias, whatever its case, underscores and hyphens."""
    for parameter in spec.parameters:
        if key == parameter.name or plain(key) == plain(parameter.name):
            return parameter
    for parameter in spec.parameters:
        if plain(key) in map(plain, parameter.aliases):
            return parameter
    return None


def _match(spec: ToolSpec, given: Mapping[str, Json], repairs: list[Repair]) -> dict[str, Json]:
    names = [parameter.name for parameter in spec.parameters]
    given = dict(islice(given.items(), _MOST_GIVEN))
    matched: dict[str, Json] = {key: value for key, value in given.items() if key in names}
    unknown: list[str] = []
    for key, value in given.items():
        parameter = parameter_of(spec, key)
        if parameter is None:
            unknown.append(key)
        elif parameter.name not in matched:
            matched[parameter.name] = value
            repairs.append(Repair(name=f"alias:{key}", detail=parameter.name))
        elif key != parameter.name:
            repairs.append(Repair(name=f"dropped:{key[:40]}", detail=spec.name))
    for key in unknown:
        parameter = _meant(spec, key, matched, is_only=len(given) == 1)
        if parameter is None:
            repairs.append(Repair(name=f"dropped:{key[:40]}", detail=spec.name))
        else:
            matched[parameter.name] = given[key]
            repairs.append(Repair(name=f"argument:{key[:40]}", detail=parameter.name))
    return matched


def _meant(spec: ToolSpec, key: str, matched: Mapping[str, Json], *, is_only: bool) -> Parameter | None:
    """The free parameter that a misspelled key means; or the one required when the key is the only one."""
    free = [parameter for parameter in spec.parameters if parameter.name not in matched]
    close = closest(plain(key), tuple(plain(parameter.name) for parameter in free))
    if len(close) == 1:
        return next(parameter for parameter in free if plain(parameter.name) == close[0])
    required = [parameter for parameter in free if parameter.is_required]
    return required[0] if is_only and len(required) == 1 and key not in _SCHEMA_KEYS else None


def _fit(parameter: Parameter, value: Json) -> Json:
    """The value as this type, or None where it cannot be."""
    if parameter.kind == "string":
        return _text(value, is_path=is_path_parameter(parameter))
    if parameter.kind == "array":
        return _items(value)
    if parameter.kind == "boolean":
        return _boolean(value)
    number = _number(value)
    if number is None or parameter.kind == "number":
        return number
    return int(number) if float(number).is_integer() else None


def _text(value: Json, *, is_path: bool) -> Json:
    if isinstance(value, str):
        return value
    if isinstance(value, list) and value and all(isinstance(item, str) for item in value):
        lines = [str(item) for item in value]
        if is_path:
            return lines[0] if len(lines) == 1 else None
        return "\n".join(line.removesuffix("\n") for line in lines)
    return json.dumps(value, ensure_ascii=False)


def _items(value: Json) -> Json:
    if isinstance(value, str):
        loaded = load_json(value) if value.lstrip().startswith("[") else None
        if loaded is not None and isinstance(loaded.value, list):
            return _items(loaded.value)
        pieces = value.split("\n") if "\n" in value.strip() else value.split(",")
        return [words for piece in pieces if (words := _BULLET.sub("", piece, count=1).strip())]
    if isinstance(value, list):
        return [_item(item) for item in value]
    return [_item(value)]


def _item(value: Json) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, dict):
        words = [item for key in _ITEM_KEYS if isinstance(item := value.get(key), str)]
        if words:
            return words[0]
    return json.dumps(value, ensure_ascii=False)


def _boolean(value: Json) -> Json:
    if isinstance(value, bool):
        return value
    word = str(value).strip().lower() if isinstance(value, str | int) else ""
    if word in _TRUE:
        return True
    return False if word in _FALSE else None


def _number(value: Json) -> int | float | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return value
    if not isinstance(value, str) or len(value) > 30 or not re.fullmatch(r"\s*[-+]?\d+(\.\d+)?\s*", value):
        return None
    number = float(value) if "." in value else int(value)
    return number if math.isfinite(number) else None


def _wrong_type(spec: ToolSpec, parameter: Parameter, value: Json) -> Problem:
    shown = json.dumps(value, ensure_ascii=False)[:60]
    return Problem(
        code="wrong_type",
        what=f"The argument `{parameter.name}` of {spec.name} cannot be {shown}.",
        why=f"It must be of type {parameter.kind}.",
        hint=f"Write the call again with another `{parameter.name}`.",
    )


def _missing(spec: ToolSpec, parameter: Parameter) -> Problem:
    required = ", ".join(each.name for each in spec.parameters if each.is_required)
    return Problem(
        code="missing_argument",
        what=f"The call of {spec.name} has no argument `{parameter.name}`.",
        why=f"{spec.name} needs: {required}.",
        hint=f"Write the call again with `{parameter.name}`.",
    )
