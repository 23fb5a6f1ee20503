"""How much is told about an object, and the class that it really has."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

__all__ = [
    "Style",
    "class_chain",
    "class_members",
    "dynamic",
    "instance_members",
    "is_genuine",
    "module_name",
    "type_name",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """How much is told."""

    room: int = 120
    """Characters that a value's own text may have."""
    is_card: bool = False
    """Whether it was asked about: a card of several lines instead of one or two."""
    samples: bool = True
    """Whether values out of data are shown, not only their types and counts."""


def type_name(value: object) -> str:
    """The class's own name, whatever its metaclass claims."""
    return str(type.__dict__["__name__"].__get__(type(value)))


def module_name(value: object) -> str:
    """Where the class says that it is defined; empty where it does not say it in text."""
    found = type.__dict__["__module__"].__get__(type(value))
    return found if isinstance(found, str) else ""


def is_genuine(value: object, package: str) -> bool:
    """Whether the class is what this package offers under its name; one that only borrows the name is not."""
    return getattr(sys.modules.get(package), type_name(value), None) is type(value)


def class_chain(value: object) -> Iterator[type]:
    """The classes of an object, its own first, without asking it."""
    yield from type.__dict__["__mro__"].__get__(type(value))


def class_members(kind: type) -> Mapping[str, object]:
    """What a class itself defines, nothing inherited and nothing computed."""
    members: Mapping[str, object] = type.__dict__["__dict__"].__get__(kind)
    return members


def instance_members(value: object) -> Mapping[str, object]:
    """The instance's own attributes, read without calling anything; empty where it has no dictionary."""
    try:
        attributes = object.__getattribute__(value, "__dict__")
    except AttributeError:
        return {}
    return attributes if type(attributes) is dict else {}


def dynamic(value: object):  # type: ignore[no-untyped-def]  # objects of libraries that are no dependency
    """The same object, its attributes unchecked by the type checker."""
    return value
