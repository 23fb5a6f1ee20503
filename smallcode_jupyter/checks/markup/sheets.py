"""The rules of style sheets, in order, with the conditions under which they hold. Never raises."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

import cssselect2
import tinycss2
from cssselect2.compiler import CompiledSelector
from tinycss2.ast import Node

from smallcode_jupyter.checks.markup.media import Surroundings, holds
from smallcode_jupyter.checks.markup.shorthands import Written, longhands
from smallcode_jupyter.checks.markup.values import parts_of, uses_variables

__all__ = [
    "STATE_ATTRIBUTE",
    "Declared",
    "Read",
    "Rule",
    "compiled_selectors",
    "read_declarations",
    "read_sheet",
]

Read = Callable[[str], str | None]
"""A file's text; None where there is none."""
STATE_ATTRIBUTE = "state-"
"""What an element's states are written as, to match them: `state-hover`."""
_STATES = "hover|focus|focus-visible|focus-within|active|target|checked"
_STATE = re.compile(rf":({_STATES})(?![\w(-])")
_MOST_RULES = 1_000
_MOST_COMBINATORS = 8
_DEEPEST = 5
_UNREADABLE = (
    cssselect2.SelectorError, SyntaxError, ValueError, TypeError, RecursionError, MemoryError,
    NotImplementedError, AttributeError, IndexError, KeyError,
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """What one block of declarations sets."""

    plain: Written
    """By property, shorthands written out."""
    important: Written
    variables: tuple[tuple[str, tuple[Node, ...], bool], ...]
    """Custom properties and values with `var()`, that mean something only on an element: whether important, last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One selector with its declarations."""

    selector: CompiledSelector
    text: str
    """The selector's text; states are attributes in it."""
    declared: Declared
    queries: tuple[str, ...]
    """Media queries that must all hold."""
    layer: int
    """Later layers win; rules outside of layers come last."""
    has_state: bool
    """Whether what it matches depends on what a person does."""

    def holds(self, where: Surroundings) -> bool:
        """Whether it counts there."""
        return all(holds(query, where) for query in self.queries)


@dataclass(slots=True, kw_only=True)
class _Reading:
    read: Read
    folder: str
    rules: list[Rule] = field(default_factory=list)
    layers: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """Where in a sheet a rule stands."""

    parents: str = ""
    queries: tuple[str, ...] = ()
    layer: str = ""
    depth: int = 0


def read_sheet(text: str, *, media: str = "", path: str = "", read: Read) -> list[Rule]:
    """The rules of a sheet. `path`: from where its imports are looked up. What cannot be read is left out."""
    reading = _Reading(read=read, folder=posixpath.dirname(path))
    place = _Place(queries=(media,) if media.strip() else ())
    _take(reading, tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True), place)
    return reading.rules


def read_declarations(text: str) -> Declared:
    """Those of a `style` attribute."""
    return _declared(tinycss2.parse_blocks_contents(text, skip_comments=True, skip_whitespace=True))


def _take(reading: _Reading, nodes: Sequence[Node], place: _Place) -> None:
    for node in nodes:
        if len(reading.rules) >= _MOST_RULES or place.depth > _DEEPEST:
            return
        if node.type == "qualified-rule":
            _take_rule(reading, node, place)
        elif node.type == "at-rule":
            _take_at_rule(reading, node, place)


def _take_rule(reading: _Reading, node: Node, place: _Place) -> None:
    text = tinycss2.serialize(node.prelude).strip()
    if place.parents:
        text = _nested(text, place.parents)
    inside = tinycss2.parse_blocks_contents(node.content, skip_comments=True, skip_whitespace=True)
    _add(reading, text, inside, place)
    _take(reading, inside, replace(place, parents=text, depth=place.depth + 1))


def _add(reading: _Reading, text: str, inside: Sequence[Node], place: _Place) -> None:
    """A rule for each selector, if anything is declared."""
    if not any(node.type == "declaration" for node in inside):
        return
    declared = _declared(inside)
    layer = reading.layers.setdefault(place.layer, len(reading.layers)) if place.layer else 1_000
    stated = _stated(text)
    for selector in compiled_selectors(text):
        rule = Rule(
            selector=selector,
            text=stated,
            declared=declared,
            queries=place.queries,
            layer=layer,
            has_state=STATE_ATTRIBUTE in stated,
        )
        reading.rules.append(rule)


def _take_at_rule(reading: _Reading, node: Node, place: _Place) -> None:
    name = node.lower_at_keyword
    prelude = tinycss2.serialize(node.prelude).strip()
    if name == "import":
        _take_import(reading, node, place)
        return
    if name == "layer":
        for layer in prelude.split(","):
            reading.layers.setdefault(layer.strip(), len(reading.layers))
    if node.content is None:
        return
    if name in ("media", "container"):
        query = prelude if name == "media" else prelude[max(prelude.find("("), 0) :]
        place = replace(place, queries=(*place.queries, query))
    elif name == "layer":
        place = replace(place, layer=prelude or f"layer {len(reading.layers)}")
    elif name != "supports" or prelude.startswith("not"):
        return
    inside = tinycss2.parse_blocks_contents(node.content, skip_comments=True, skip_whitespace=True)
    if place.parents:
        _add(reading, place.parents, inside, place)
    _take(reading, inside, replace(place, depth=place.depth + 1))


def _take_import(reading: _Reading, node: Node, place: _Place) -> None:
    words = [token for token in node.prelude if token.type not in ("whitespace", "comment")]
    if not words or words[0].type not in ("url", "string"):
        return
    path = posixpath.normpath(posixpath.join(reading.folder, words[0].value))
    text = reading.read(path) if ":" not in path else None
    if text is not None and place.depth < _DEEPEST:
        query = tinycss2.serialize(words[1:]).strip()
        inner = replace(place, queries=(*place.queries, query), depth=place.depth + 1)
        _take(reading, tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True), inner)


def _nested(text: str, parents: str) -> str:
    """A selector inside of a rule, by itself."""
    return ", ".join(
        part.replace("&", f":is({parents})") if "&" in part else f":is({parents}) {part.strip()}"
        for part in text.split(",")
    )


def _stated(text: str) -> str:
    """The selector with its states as attributes, which weigh the same."""
    return _STATE.sub(rf"[{STATE_ATTRIBUTE}\1]", text)


@lru_cache(maxsize=2_048)
def compiled_selectors(text: str) -> tuple[CompiledSelector, ...]:
    """A list of selectors; empty where any of them cannot be read, as in browsers."""
    if len(text) > 1_000 or any(_combinators(part) > _MOST_COMBINATORS for part in text.split(",")):
        return ()
    try:
        return tuple(cssselect2.compile_selector_list(_stated(text)))
    except _UNREADABLE:
        return ()


def _combinators(text: str) -> int:
    return len(re.findall(r"\s+|[>+~]", text.strip()))


def _declared(nodes: Sequence[Node]) -> Declared:
    plain: Written = {}
    important: Written = {}
    variables = []
    for name, value, is_important in _declarations(nodes):
        if name.startswith("--") or uses_variables(value):
            variables.append((name, tuple(value), is_important))
            continue
        written = longhands(name, parts_of(value, name))
        (important if is_important else plain).update(written)
        # A later plain value takes the place of an earlier one with variables.
        variables = [each for each in variables if each[0] != name or each[2] != is_important]
    return Declared(plain=plain, important=important, variables=tuple(variables))


def _declarations(nodes: Sequence[Node]) -> Iterator[tuple[str, Sequence[Node], bool]]:
    for node in nodes:
        if node.type == "declaration":
            name = node.name if node.name.startswith("--") else _unprefixed(node.lower_name)
            yield name, node.value, node.important


def _unprefixed(name: str) -> str:
    return re.sub(r"^-(?:webkit|moz|ms|o)-", "", name)
