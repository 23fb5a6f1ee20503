"""Functions, classes and modules by what calls them: names and parameters, nothing evaluated."""

from __future__ import annotations

import inspect
import types

from smallcode_jupyter.frontends.values.builtin import short
from smallcode_jupyter.frontends.values.style import Style, class_members
from smallcode_jupyter.protocol.secrets import HIDDEN, is_secret_name
from smallcode_jupyter.render.plain import one_line

__all__ = ["describe_class", "describe_function", "describe_module"]

_METHODS = 8
_DOC_CHARS = 60
_MEMBERS = 12


def describe_function(function: types.FunctionType, style: Style) -> str:
    """`def mean(values: list, *, digits=2)  # The mean.`"""
    return f"def {one_line(signature(function), style.room * (2 if style.is_card else 1))}"


def signature(function: types.FunctionType) -> str:
    """Name and parameters; defaults and annotations shown without running their code."""
    parts: list[str] = []
    seen_star = False
    for parameter in inspect.Signature.from_callable(function, follow_wrapped=False).parameters.values():
        if parameter.kind is parameter.VAR_POSITIONAL:
            seen_star = True
        if parameter.kind is parameter.KEYWORD_ONLY and not seen_star:
            parts.append("*")
            seen_star = True
        stars = "*" if parameter.kind is parameter.VAR_POSITIONAL else ""
        stars = "**" if parameter.kind is parameter.VAR_KEYWORD else stars
        text = f"{stars}{parameter.name}{_annotation(parameter.annotation)}"
        if parameter.default is not parameter.empty:
            is_hidden = is_secret_name(parameter.name) and parameter.default is not None
            text += f"={HIDDEN if is_hidden else short(parameter.default, Style(room=40), depth=1)}"
        parts.append(text)
    return f"{function.__name__}({', '.join(parts)}){_about(function.__doc__)}"


def _annotation(annotation: object) -> str:
    if annotation is inspect.Parameter.empty:
        return ""
    if type(annotation) is type:
        return f": {annotation.__name__}"
    return f": {one_line(annotation, 40)}" if type(annotation) is str else ""


def _about(doc: object) -> str:
    """The first line of a docstring as a comment."""
    if type(doc) is not str or not doc.strip():
        return ""
    return f"  # {one_line(doc.strip().splitlines()[0], _DOC_CHARS)}"


def describe_class(kind: type, style: Style) -> str:
    """`class Point with area, move`; as a card how it is made and how its methods are called."""
    members = class_members(kind)
    name = str(type.__dict__["__name__"].__get__(kind))
    own = {key: item for key, item in members.items() if type(item) is types.FunctionType}
    methods = [key for key in own if not key.startswith("_")]
    if not style.is_card:
        return one_line(
            f"class {name}" + (f" with {', '.join(methods[:_METHODS])}" if methods else ""), style.room
        )
    maker = own.get("__init__")
    made = signature(maker).partition("  # ")[0].removeprefix("__init__") if maker else ""
    lines = [
        f"class {name}{made.replace('(self, ', '(').replace('(self)', '()')}{_about(members.get('__doc__'))}"
    ]
    lines += [f"  .{one_line(signature(own[key]), style.room)}" for key in methods[:_MEMBERS]]
    lines += [f"  and {len(methods) - _MEMBERS} more methods"] if len(methods) > _MEMBERS else []
    return "\n".join(lines)


def describe_module(module: types.ModuleType, style: Style) -> str:
    """A library's name and version; of a module that was written here its functions and classes."""
    members = types.ModuleType.__getattribute__(module, "__dict__")
    name = str(members.get("__name__", "module"))
    version = members.get("__version__")
    if type(version) is str:
        return f"module {name} {one_line(version, 20)}"
    file = members.get("__file__")
    if not style.is_card or type(file) is not str or "site-packages" in file:
        return f"module {name}"
    lines = [f"module {name}{_about(members.get('__doc__'))}"]
    for key, item in members.items():
        if key.startswith("_") or _home(item) != name or len(lines) > _MEMBERS:
            continue
        if type(item) is types.FunctionType:
            lines.append(f"  {describe_function(item, Style(room=style.room))}")
        elif issubclass(type(item), type):
            lines.append(f"  {describe_class(item, Style(room=style.room))}")
    return "\n".join(lines)


def _home(item: object) -> object:
    """The module that a function or class says it is from."""
    if type(item) is types.FunctionType:
        return item.__module__
    if issubclass(type(item), type):
        return type.__dict__["__module__"].__get__(item)
    return None
