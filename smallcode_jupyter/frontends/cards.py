"""The person's variables for a prompt: a card for each that the words name, one line for each other."""

from __future__ import annotations

import time
from collections.abc import Mapping
from types import ModuleType
from typing import cast

from smallcode_jupyter.frontends.references import named_in
from smallcode_jupyter.frontends.values.describe import describe
from smallcode_jupyter.frontends.values.style import (
    Style,
    class_members,
    dynamic,
    instance_members,
    is_genuine,
    type_name,
)
from smallcode_jupyter.protocol.secrets import HIDDEN, is_secret_name
from smallcode_jupyter.protocol.tasks import ContextItem

__all__ = ["follow", "own_variables", "variable_items"]

_NOT_MINE = frozenset({"In", "Out", "get_ipython", "exit", "quit", "open"})
_SECONDS = 0.25
_CARD_CHARS = 900
_CARDS_CHARS = 2_400
"""All cards together: about 700 tokens."""
_LIST_CHARS = 1_200
_LINE_CHARS = 400
_LEAST_CHARS = 60
_MODULES = 12


def own_variables(user_ns: Mapping[str, object], hidden: Mapping[str, object]) -> dict[str, object]:
    """What the person made, the newest first; nothing of IPython's own, nothing that begins with `_`."""
    found = [
        (name, value)
        for name, value in list(user_ns.items())
        if type(name) is str
        and not name.startswith("_")
        and name not in _NOT_MINE
        and not (name in hidden and hidden[name] is value)
    ]
    return dict(reversed(found))


def follow(variables: Mapping[str, object], dotted: str) -> object:
    """What `df.price` leads to: a column, a module's member, an instance's attribute. Raises KeyError.

    Nothing is computed: properties are not followed.
    """
    first, *rest = dotted.split(".")
    value = variables[first]
    for name in rest:
        value = _member(value, name)
    return value


def _member(value: object, name: str) -> object:
    if type_name(value) == "DataFrame" and is_genuine(value, "pandas"):
        frame = dynamic(value)
        if name not in frame.columns:
            raise KeyError(name)
        return frame[name]
    if issubclass(type(value), type):
        return class_members(cast(type, value))[name]
    return instance_members(value)[name]


def variable_items(
    variables: Mapping[str, object], words: str, *, samples: bool = True
) -> tuple[ContextItem, ...]:
    """A card for each variable that the words name, as long as there is room, and a list of the others.

    At most about 900 tokens and a quarter of a second. No code of the person's classes runs, but what was written for
    this. Names and values that look like secrets are masked.
    """
    deadline = time.perf_counter() + _SECONDS
    named = named_in(words, variables.keys())
    cards: list[ContextItem] = []
    room = _CARDS_CHARS
    for name in named:
        text = _card(variables, name, min(room, _CARD_CHARS), samples=samples)
        if not text or time.perf_counter() > deadline:
            continue
        cards.append(
            ContextItem(
                kind="variables", name=name, text=f"{name}: {text}", reason="named in the task", weight=3.0
            )
        )
        room -= len(text)
        if room < _LEAST_CHARS:
            break
    told = {card.name for card in cards}
    others = {name: value for name, value in variables.items() if name not in told}
    text = _list(others, deadline, samples=samples)
    if not text:
        return tuple(cards)
    title = "other variables" if cards else "variables"
    return (
        *cards,
        ContextItem(kind="variables", name=title, text=text, reason="live in the kernel", weight=2.0),
    )


def _card(variables: Mapping[str, object], name: str, room: int, *, samples: bool) -> str:
    """What a variable, or what a dotted name leads to, is; whole lines in at most `room` characters."""
    if any(is_secret_name(part) for part in name.split(".")):
        return HIDDEN
    try:
        value = follow(variables, name)
    except KeyError:
        return ""
    text = describe(value, Style(is_card=True, samples=samples))
    if len(text) > room:
        text = describe(value, Style(samples=samples))
    lines = text.splitlines()
    while len(lines) > 1 and sum(len(line) + 1 for line in lines) > room:
        lines.pop()
    return _cut("\n".join(lines), room)


def _list(variables: Mapping[str, object], deadline: float, *, samples: bool) -> str:
    lines: list[str] = []
    used, left = 0, 0
    for name, value in variables.items():
        if _is_module(value):
            continue
        if used > _LIST_CHARS - 60 or time.perf_counter() > deadline:
            left += 1
            continue
        said = HIDDEN if is_secret_name(name) else describe(value, Style(samples=samples))
        line = _cut(f"{name}: {said}", _LINE_CHARS)
        if used + len(line) > _LIST_CHARS - 40:
            left += 1
            continue
        lines.append(line)
        used += len(line) + 1
    imports = ", ".join(_imports(variables))
    if imports and used + len(imports) < _LIST_CHARS - 20:
        lines.append(f"imported: {imports}")
    if left:
        lines.append(f"({left} more variables)")
    return "\n".join(lines)


def _imports(variables: Mapping[str, object]) -> list[str]:
    modules = [(name, value) for name, value in variables.items() if _is_module(value)]
    return [_import(name, cast(ModuleType, value)) for name, value in modules[:_MODULES]]


def _import(name: str, module: ModuleType) -> str:
    full = ModuleType.__getattribute__(module, "__name__")
    return name if full == name else f"{full} as {name}"


def _is_module(value: object) -> bool:
    # `isinstance` would ask the object itself.
    return issubclass(type(value), ModuleType)


def _cut(text: str, limit: int) -> str:
    """The text cut at its limit, marked."""
    return text if len(text) <= limit else text[: limit - 1] + "…"
