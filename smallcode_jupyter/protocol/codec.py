"""Events to JSON and back: `from_json(to_json(envelope)) == envelope`.

Values are encoded field by field; fields that hold their default are left out, but for the tag `type`.
"""

from __future__ import annotations

import dataclasses
import math
import types
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from smallcode_jupyter.protocol.events import Envelope
from smallcode_jupyter.protocol.tools import Json

__all__ = ["decode", "encode", "from_json", "to_json"]

T = TypeVar("T")


def to_json(envelope: Envelope) -> dict[str, Json]:
    """The envelope as a JSON object."""
    encoded = encode(envelope)
    assert isinstance(encoded, dict)
    return encoded


def from_json(value: Json) -> Envelope:
    """The envelope of a JSON object. Raises ValueError for anything else."""
    return decode(Envelope, value)


def encode(value: object) -> Json:
    """Any protocol value as JSON."""
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, tuple | list):
        return [encode(item) for item in value]
    if isinstance(value, Mapping):
        return {str(key): encode(item) for key, item in value.items()}
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {
            field.name: encode(getattr(value, field.name))
            for field in dataclasses.fields(value)
            if field.name == "type" or getattr(value, field.name) != field.default
        }
    raise TypeError(f"{type(value).__name__} is no protocol value")


def decode(kind: type[T], value: Json) -> T:
    """The value of this dataclass that JSON describes. Raises ValueError where it does not fit."""
    decoded: T = _decoder(kind)(value)  # type: ignore[arg-type]  # a class is hashable
    return decoded


def _refuse(kind: object, value: Json) -> ValueError:
    return ValueError(f"not {kind}: {str(value)[:80]!r}")


@cache
def _decoder(kind: Any) -> Callable[[Json], Any]:  # the hints of dataclass fields are arbitrary type forms
    origin, arguments = get_origin(kind), get_args(kind)
    if kind == Json or kind is Any:
        return lambda value: value
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        return _dataclass_decoder(kind)
    if origin in (Union, types.UnionType):
        return _union_decoder(arguments)
    if origin is Literal:
        return _checked(kind, lambda value: value in arguments)
    if origin is tuple:
        return _tuple_decoder(arguments)
    if origin is not None and isinstance(origin, type) and issubclass(origin, Mapping):
        return _checked(kind, lambda value: isinstance(value, dict))
    if kind is type(None):
        return _checked(kind, lambda value: value is None)
    if kind is float:
        return lambda value: float(_checked(kind, _is_number)(value))
    if kind is int:
        return _checked(kind, lambda value: isinstance(value, int) and not isinstance(value, bool))
    return _checked(kind, lambda value: isinstance(value, kind))


_LARGEST = math.nextafter(math.inf, 0)


def _is_number(value: Json) -> bool:
    """Whether it is a finite number: durations and times are shown and reckoned with."""
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= _LARGEST


def _checked(kind: object, is_fit: Callable[[Json], bool]) -> Callable[[Json], Any]:
    def decode_value(value: Json) -> Any:
        if not is_fit(value):
            raise _refuse(kind, value)
        return value

    return decode_value


def _dataclass_decoder(kind: type) -> Callable[[Json], Any]:
    hints: dict[str, Any] = {}

    def decode_value(value: Json) -> Any:
        if not hints:
            hints.update(get_type_hints(kind))
        if not isinstance(value, dict) or not value.keys() <= hints.keys():
            raise _refuse(kind.__name__, value)
        try:
            return kind(**{name: _decoder(hints[name])(item) for name, item in value.items()})
        except TypeError as error:
            raise _refuse(kind.__name__, value) from error

    return decode_value


def _tag(kind: Any) -> str | None:
    if not (isinstance(kind, type) and dataclasses.is_dataclass(kind)):
        return None
    return next((str(field.default) for field in dataclasses.fields(kind) if field.name == "type"), None)


def _union_decoder(members: tuple[Any, ...]) -> Callable[[Json], Any]:
    tagged = {tag: member for member in members if (tag := _tag(member)) is not None}

    def decode_value(value: Json) -> Any:
        if tagged and isinstance(value, dict):
            member = tagged.get(str(value.get("type")))
            if member is None:
                raise _refuse("a known type", value.get("type"))
            return _decoder(member)(value)
        for member in members:
            try:
                return _decoder(member)(value)
            except ValueError:
                continue
        raise _refuse(members, value)

    return decode_value


def _tuple_decoder(members: tuple[Any, ...]) -> Callable[[Json], Any]:
    def decode_value(value: Json) -> Any:
        if not isinstance(value, list):
            raise _refuse("a list", value)
        if len(members) == 2 and members[1] is Ellipsis:
            return tuple(_decoder(members[0])(item) for item in value)
        if len(members) != len(value):
            raise _refuse(f"{len(members)} items", value)
        return tuple(_decoder(member)(item) for member, item in zip(members, value, strict=True))

    return decode_value
